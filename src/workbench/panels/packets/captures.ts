import type { Words } from '../../i18n/words.ts';
import type { Moment } from '../../time/moment.ts';
import { h } from '../../ui/dom.ts';
import { createMenu } from '../../ui/menu.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Characters of a file's name that are shown. */
const mostName = 60;

/**
 * A menu: the shown packets as a file for Wireshark, and files of the learner's own in the place of the
 * room. `fail` is called with why a file was not opened, or with '' before the next attempt.
 */
export function createCaptures(
  time: Moment,
  words: Words,
  fail: (sentence: string) => void,
): HTMLElement {
  const t = (key: string) => words(`panels.packets.capture${key}`);
  const input = h('input', {
    ...{ type: 'file', accept: '.pcapng,.pcap,.cap', hidden: true, 'aria-label': t('.open') },
    onchange: () => void open(),
  });

  async function save(): Promise<void> {
    const { pcapngOf } = await import('../../capture/write-pcapng.ts');
    const { entries } = time;
    const last = entries.at(-1)?.at ?? 0;
    saveFile('mqtt.pcapng', 'application/x-pcapng', pcapngOf(entries, Date.now() - last));
  }
  async function open(): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    fail('');
    const [{ readCapture }, { CaptureError, mostBytes }] = await Promise.all([
      import('../../capture/read-capture.ts'),
      import('../../capture/read-file.ts'),
    ]);
    try {
      if (file.size > mostBytes) throw new CaptureError('too-large');
      const capture = readCapture(new Uint8Array(await file.arrayBuffer()));
      time.open(file.name.slice(0, mostName), capture);
    } catch (error) {
      fail(t(`.${error instanceof CaptureError ? error.key : 'unknown-format'}`));
    } finally {
      // The same file can be chosen again.
      input.value = '';
    }
  }
  const menu = createMenu(
    t(''),
    () => [
      {
        ...{ label: t('.save'), detail: t('.save.detail') },
        disabled: time.entries.length === 0,
        do: () => void save(),
      },
      { label: t('.open'), detail: t('.open.detail'), do: () => input.click() },
    ],
    { class: 'wb-panel-more wb-captures-menu' },
  );
  return h('div', { class: 'wb-captures' }, menu.element, input);
}
