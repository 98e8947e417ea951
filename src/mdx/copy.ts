/** The copy buttons of code blocks. The clipboard is missing on plain http: then the text is selected and copied the old way. */
async function copy(block: Element): Promise<void> {
  const code = block.querySelector('pre');
  if (!code) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
  } catch {
    getSelection()?.selectAllChildren(code);
    document.execCommand('copy');
  }
}

for (const button of document.querySelectorAll<HTMLButtonElement>('.code-block button')) {
  const words = button.textContent;
  button.addEventListener('click', async () => {
    await copy(button.closest('.code-block')!);
    button.textContent = button.dataset.copied ?? words;
    setTimeout(() => (button.textContent = words), 2000);
  });
}
