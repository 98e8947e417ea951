/**
 * `<own-program>`: gets the room from the exercise's workbench, and writes the room into the code, also into that
 * of the other programs of the exercise: they are for the same room.
 */
import type { RoomResponse } from '../../../sandbox/protocol/api.ts';
import { replacementsIn, type RoomEndpoint } from './fill.ts';

/** Puts the room's address into a highlighted block: a name may be spread over several spans. */
function fillIn(code: Element, place: RoomEndpoint): void {
  const replacements = replacementsIn(code.textContent ?? '', place);
  for (const { start, end, by } of replacements.reverse()) {
    let at = 0;
    let text = by;
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, node.data.length);
      at += node.data.length;
      if (from >= to) continue;
      node.data = node.data.slice(0, from) + text + node.data.slice(to);
      text = '';
    }
  }
}

class OwnProgram extends HTMLElement {
  connectedCallback(): void {
    const { exercise = '' } = this.dataset;
    const workbench = document.querySelector<HTMLElement & { load(): Promise<unknown> }>(
      `mqtt-workbench[exercise="${CSS.escape(exercise)}"]`,
    );
    if (!workbench) return;
    this.dataset['ready'] = '';
    this.querySelector('.fill button')?.addEventListener('click', async () => {
      this.#setStatus('waiting');
      try {
        await workbench.load();
        workbench.addEventListener('retained:room', (event) =>
          this.#show((event as CustomEvent<RoomResponse>).detail),
        );
        workbench.dispatchEvent(new Event('retained:connect'));
      } catch {
        this.#setStatus('failed');
      }
    });
  }

  #show({ address, tcpPort }: RoomResponse): void {
    if (tcpPort === null) return this.#setStatus(address ? 'noPort' : 'inBrowser');
    const place = { host: location.hostname, port: tcpPort, room: address };
    const others = document.querySelectorAll<OwnProgram>(
      `own-program[data-exercise="${CSS.escape(this.dataset['exercise'] ?? '')}"]`,
    );
    for (const one of others) {
      for (const code of one.querySelectorAll('pre')) fillIn(code, place);
      // There is nothing left to press; what happened is said once, where it was asked for.
      if (one !== this) delete one.dataset['ready'];
    }
    this.#setStatus('filled');
  }

  #setStatus(key: string): void {
    const status = this.querySelector('[role=status]');
    if (status) status.textContent = this.dataset[key] ?? '';
  }
}

customElements.define('own-program', OwnProgram);
