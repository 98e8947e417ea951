/**
 * A paste of any size is cut to just more than a program may have: the compiler then says that it is
 * too long. Monaco takes more than twenty seconds for fifty megabytes.
 */
export function boundPaste(container: HTMLElement, mostCharacters: number): void {
  const bound = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.length <= mostCharacters + 1) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text.slice(0, mostCharacters + 1));
    const cut = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    event.target?.dispatchEvent(cut);
  };
  container.addEventListener('paste', bound, { capture: true });
}
