import type { Words } from '../i18n/words.ts';
import { writeClipboard } from '../ui/clipboard.ts';
import type { Model } from '../model/model.ts';
import { h } from '../ui/dom.ts';

/** Shell commands that reach the same room. The address is shown nowhere else in the page. */
export function createOwnComputerPanel(
  words: Words,
  model: Model,
  options: { host: string; topic: string; onOpen(): void },
): HTMLElement {
  const body = h('div', { class: 'wb-own-body' }, words('workbench.own.waiting'));
  const element = h(
    'details',
    { class: 'wb-own', ontoggle: () => element.open && options.onOpen() },
    h('summary', {}, words('workbench.own')),
    body,
  );

  function draw(): void {
    const { room } = model;
    if (model.roomPlace === 'browser')
      return body.replaceChildren(words('workbench.own.in-browser'));
    if (!room) return body.replaceChildren(words('workbench.own.waiting'));
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
  model.on('room', draw);
  draw();
  return element;
}
