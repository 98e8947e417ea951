/** One folder as a zip. The packer is fetched with the first download. */
export async function zipOf(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import('fflate');
  const entries = Object.entries(files).map(([name, text]) => [`${folder}/${name}`, strToU8(text)]);
  return zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>, { level: 6 });
}

/** Hands the bytes to the browser as a file. */
export function saveAs(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; a blob that is never revoked stays in memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
