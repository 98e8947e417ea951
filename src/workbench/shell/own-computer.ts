import type { RoomResponse } from '../../../sandbox/protocol/api.ts';
import type { Words } from '../i18n/words.ts';
import { writeClipboard } from '../ui/clipboard.ts';
import { h } from '../ui/dom.ts';

/** Lines for a shell that reach the same room. The address stands nowhere else in the page. */
export function createOwnComputerPanel(
  words: Words,
  options: { host: string; topic: string; onOpen(): void },
) {
  const body = h('div', { class: 'wb-own-body' }, words('workbench.own.waiting'));
  const element = h(
    'details',
    { class: 'wb-own', ontoggle: () => element.open && options.onOpen() },
    h('summary', {}, words('workbench.own')),
    body,
  );

  function show(room: RoomResponse): void {
    const { host, topic } = options;
    const base = `-h ${host} -p ${room.tcpPort} -u ${room.address}`;
    if (room.tcpPort === null) return body.replaceChildren(words('workbench.own.no-port'));
    const message = words('workbench.own.message');
    body.replaceChildren(
      h('p', {}, words('workbench.own.explain')),
      ...commandLine('workbench.own.publish', `mosquitto_pub ${base} -t ${topic} -m "${message}"`),
      ...commandLine('workbench.own.subscribe', `mosquitto_sub ${base} -t '#' -v`),
    );
  }
  function commandLine(title: string, command: string): HTMLElement[] {
    const code = h('code', { tabindex: 0 }, command);
    const button = h('button', { type: 'button', class: 'wb-button' }, words('workbench.own.copy'));
    button.addEventListener('click', async () => {
      button.textContent = words(
        (await writeClipboard(command, code)) ? 'workbench.own.copied' : 'workbench.own.select',
      );
    });
    return [h('h4', {}, words(title)), h('div', { class: 'wb-command' }, code, button)];
  }
  return { element, show };
}
