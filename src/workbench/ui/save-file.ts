/** Hands a file to the reader's browser. Works on plain-http pages too. */
export function saveFile(
  name: string,
  type: string,
  content: string | Uint8Array<ArrayBuffer>,
): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; a blob that is never revoked stays in memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
