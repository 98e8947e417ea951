/** The name on the certificate is what stands in the field; it is kept nowhere. */
const form = document.querySelector<HTMLFormElement>('.certificate form');
const field = form?.querySelector('input');
const name = document.querySelector('.certificate [data-name]');

field?.addEventListener('input', () => {
  if (name) name.textContent = field.value.trim() || '\u00a0';
});
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  print();
});

export {};
