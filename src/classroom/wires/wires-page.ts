/**
 * How a class works: what goes over the wires of its own broker, in the panels of the exercises. The
 * class is named behind `#` in the address; `#<class>/shared` is its shared room.
 */
import { createWords } from '../../workbench/i18n/words.ts';
import { html, nothing, render } from '../../workbench/ui/view.ts';
import { RoomPanels } from './room-panels.ts';
import { WatchedRoom } from './watched-room.ts';

const page = document.querySelector<HTMLElement>('[data-wires]')!;
const strings = JSON.parse(document.querySelector('script[data-words]')!.textContent!) as Record<string, string>; // prettier-ignore
const t = createWords(strings);
const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';

const [id = '', what] = location.hash
  .slice(1)
  .split('/')
  .map((part) => part.replace(/[^\w-]/g, ''));
const isShared = what === 'shared';
document.querySelector<HTMLAnchorElement>('a[data-back]')!.hash = `class=${id}`;
for (const element of document.querySelectorAll<HTMLElement>('[data-of]'))
  element.hidden = (element.dataset['of'] === 'shared') !== isShared;
let isLive: boolean | null = null;
const room = new WatchedRoom(`${encodeURIComponent(id)}${isShared ? '/shared' : ''}/watch`, {
  status(now) {
    isLive = now;
    draw();
  },
});
const panels = new RoomPanels({ room, strings, language, changed: draw });

function draw(): void {
  render(
    html`<h2 ?hidden=${isShared}>${t('lead.wires.tabs')}</h2>
      <p class="soft" role="status">
        ${isLive === null ? t('lead.wires.connecting') : isLive ? nothing : t('lead.wires.lost')}
      </p>
      ${panels.view(t('lead.wires.tabs'))}`,
    page,
  );
}
draw();
