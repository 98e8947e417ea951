import { h } from '../panels/dom.ts';
import type { Words } from '../words.ts';
import { keys } from './keys.ts';

/** As this machine's keyboard names them. */
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const named = (key: string) => (isMac ? key.replace('Ctrl', '⌘').replace('Alt', '⌥') : key);

/** The list of the workbench's keys, one row each. */
export function createKeyList(words: Words): HTMLElement {
  return h(
    'section',
    { class: 'wb-keys', 'data-workbench-keys': true },
    h('h3', {}, words('workbench.keys.title')),
    h(
      'dl',
      {},
      ...keys.flatMap((key) => [
        h('dt', {}, ...kbds(named(key.keys))),
        h('dd', {}, words(`workbench.key.${key.deed}`)),
      ]),
    ),
    h('p', {}, words('workbench.keys.tab')),
  );
}

function kbds(text: string): (Node | string)[] {
  return text.split('+').flatMap((part, i) => [...(i > 0 ? ['+'] : []), h('kbd', {}, part)]);
}

/**
 * Adds the keys to the page's own list (`?`), once; where a page has none, a dialog of their own.
 * Answers with the way to open it.
 */
export function joinKeyList(words: Words): () => void {
  const own = document.querySelector<HTMLDialogElement>('dialog#keys');
  const dialog = own ?? h('dialog', { id: 'keys', class: 'wb-keys-dialog' });
  if (!own) {
    const close = h('button', { type: 'button', class: 'wb-button' }, words('workbench.close'));
    close.addEventListener('click', () => dialog.close());
    dialog.append(close);
    document.body.append(dialog);
  }
  if (!dialog.querySelector('[data-workbench-keys]')) dialog.append(createKeyList(words));
  return () => void (dialog.open || dialog.showModal());
}
