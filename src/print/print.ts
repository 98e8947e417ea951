/**
 * Printing. The addresses are filled in whenever a page is printed; the QR codes where the page was
 * asked to print, for their code has to be loaded first: by the button, or by Ctrl+P.
 */
const places = [...document.querySelectorAll<HTMLElement>('[data-live-address]')];
const addressOf = (place: HTMLElement) =>
  new URL(place.dataset['liveAddress'] ?? '', location.href).href;

interface OnPaper {
  devices: { name: string; starter: string }[];
  /** The broker's files, if the exercise has any. */
  files?: Record<string, string>;
  checks: { html: string }[];
}

function element(name: string, text: string): HTMLElement {
  const one = document.createElement(name);
  one.textContent = text;
  return one;
}
/** Sentences of the lesson's own text: their words are enough on paper. */
const wordsOf = (html: string) =>
  new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '';

/** All programs of the exercise as it begins. The editor shows one at a time. */
function onPaper(json: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'print-only paper-exercise';
  const { devices, checks, files = {} } = JSON.parse(json) as OnPaper;
  const texts = [...devices.map(({ name, starter }) => [name, starter]), ...Object.entries(files)];
  for (const [name = '', text = ''] of texts) box.append(element('h3', name), element('pre', text));
  const list = document.createElement('ul');
  list.append(...checks.map(({ html }) => element('li', wordsOf(html))));
  box.append(list);
  return box;
}

addEventListener('beforeprint', () => {
  for (const place of places) {
    const shown = place.querySelector('[data-address]');
    if (shown) shown.textContent = addressOf(place);
  }
  for (const script of document.querySelectorAll('script[data-exercise]')) {
    const workbench = script.parentElement;
    if (workbench && !workbench.hasAttribute('data-on-paper')) {
      workbench.dataset['onPaper'] = '';
      workbench.after(onPaper(script.textContent));
    }
  }
});

async function print(): Promise<void> {
  try {
    const { qrCode } = await import('./qr-code.ts');
    for (const place of places)
      if (!place.querySelector('svg')) place.prepend(qrCode(addressOf(place)));
  } finally {
    // Without QR codes the page still has the addresses.
    window.print();
  }
}

for (const button of document.querySelectorAll('[data-print]'))
  button.addEventListener('click', () => void print());
document.addEventListener('keydown', (event) => {
  const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (!wanted || event.key.toLowerCase() !== 'p' || event.defaultPrevented) return;
  event.preventDefault();
  void print();
});

export {};
