/**
 * The page of a class's shared room. With a class behind `#` in the address it is the teacher's: the class as it
 * publishes. Without one it is a learner's: how their programs reach the room.
 */
import { createWords } from '../../workbench/i18n/words.ts';
import { html, nothing, render } from '../../workbench/ui/view.ts';
import { ClassError, sharedAccess } from '../class-api.ts';
import type { SharedAccess } from '../../../sandbox/protocol/shared-room.ts';
import { memberView } from './member-view.ts';
import type { RoomPage } from './room-page-data.ts';
import { openStagePage } from './stage-page.ts';

const page = document.querySelector<HTMLElement>('[data-room]')!;
const json = (name: string): unknown =>
  JSON.parse(document.querySelector(`script[data-${name}]`)!.textContent!);
const t = createWords(json('words') as Record<string, string>);
const { links } = json('page') as Pick<RoomPage, 'links'>;
const language = document.documentElement.lang;
/** How often a learner's page asks whether the room is open. */
const askMs = 10_000;

function openMemberPage(): void {
  let access: SharedAccess | undefined;
  let error: string | null = null;
  let isAddressShown = false;
  const draw = (): void => {
    const problem = error === 'not-a-member' || error === 'no-classes' ? 'stranger' : 'lost';
    render(
      html`<h1>${t('shared.title')}</h1>
        <p class="lead">${t('shared.you.lead')}</p>
        ${
          error
            ? html`<p class="card" role="status">
                ${t(`shared.${problem}`)}
                ${problem === 'stranger' ? html`<a href=${links.join}>${t('shared.join')}</a>` : nothing}
              </p>`
            : access
              ? nothing
              : html`<p class="soft" role="status">${t('shared.loading')}</p>`
        }
        ${access && error !== 'not-a-member' ? memberView({ access, host: location.hostname, isAddressShown }, show, t) : nothing}
        <p><a href=${links.home}>${t('shared.home')}</a></p>`,
      page,
    );
  };
  const show = (): void => {
    isAddressShown = true;
    draw();
  };
  const ask = async (): Promise<void> => {
    try {
      access = await sharedAccess();
      error = null;
    } catch (reason) {
      error = reason instanceof ClassError ? reason.key : 'unreachable';
    }
    draw();
  };
  draw();
  void ask();
  setInterval(() => document.hidden || void ask(), askMs);
  document.addEventListener('visibilitychange', () => document.hidden || void ask());
}

const id = location.hash.slice(1).replace(/[^\w-]/g, '');
page.classList.add(id === '' ? 'room-member' : 'room-stage');
if (id === '') openMemberPage();
else openStagePage(page, id, { links, language, t });
