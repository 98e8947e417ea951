/** Opens the page's own list of keys (components/Keys.astro), as `?` does. */
export function openKeyList(): void {
  const list = document.querySelector<HTMLDialogElement>('dialog#keys');
  if (list && !list.open) list.showModal();
}
