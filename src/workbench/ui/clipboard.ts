/**
 * Copies text. A page of plain HTTP has no clipboard API: then by a selection, of `shown` or of a
 * hidden field. Returns whether it was copied.
 */
export async function writeClipboard(text: string, shown?: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return shown?.isConnected ? copySelected(shown) : copyHidden(text);
  }
}

function copySelected(shown: HTMLElement): boolean {
  if (shown instanceof HTMLInputElement) shown.select();
  else getSelection()?.selectAllChildren(shown);
  return document.execCommand('copy');
}

function copyHidden(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'wb-spoken';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
