/** Hands a text to the reader as a file. Works on plain-http pages too. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it once the click's own task is over.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
