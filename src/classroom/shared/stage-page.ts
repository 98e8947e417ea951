/** The teacher's page of the shared room of one class. */
import type { ClassRequest } from '../../../sandbox/protocol/classroom.ts';
import { readSharedPicture, type SharedPicture } from '../../../sandbox/protocol/shared-room.ts';

import { html, live, nothing, render, type TemplateResult } from '../../workbench/ui/view.ts';
import { changeClass, classes } from '../class-api.ts';
import { openJsonStream, type StreamStatus } from '../reopened-socket.ts';
import type { RoomPage } from './room-page-data.ts';
import { stageView } from './stage-view.ts';

/** What is asked again before it is done. */
type Sure = 'close' | 'clear' | 'renew';

export function openStagePage(
  page: HTMLElement,
  id: string,
  { links, language, t }: RoomPage,
): void {
  let picture: SharedPicture | null = null;
  let status: StreamStatus = 'connecting';
  let isGone = false;
  let isBoard = false;
  let isBusy = false;
  let hasFailed = false;
  let sure: Sure | null = null;
  let frame = 0;
  const change = (work: () => void): void => {
    work();
    frame ||= requestAnimationFrame(draw);
  };

  openJsonStream({
    path: `${encodeURIComponent(id)}/shared`,
    message(json) {
      const next = readSharedPicture(json);
      if (next) change(() => (picture = next));
    },
    status(now) {
      change(() => (status = now));
      if (now === 'lost') void ask();
    },
  });

  /** Whether there is such a class at all, and this browser is its teacher's. */
  async function ask(): Promise<void> {
    try {
      const { classes: all } = await classes();
      change(() => (isGone = !all.some((one) => one.id === id)));
    } catch (error) {
      change(() => (isGone = (error as { key?: string }).key === 'not-teacher'));
    }
  }

  async function obey(request: ClassRequest): Promise<void> {
    change(() => ([isBusy, hasFailed, sure] = [true, false, null]));
    const failed = await changeClass(id, request).then(
      () => false,
      () => true,
    );
    change(() => ([isBusy, hasFailed] = [false, failed]));
  }
  const share = (isOpen: boolean, isPaused = false): Promise<void> =>
    obey({ type: 'share', isOpen, isPaused });

  const button = (label: string, press: () => void, kind = ''): TemplateResult =>
    html`<button type="button" class=${kind} ?disabled=${isBusy} @click=${press}>${label}</button>`;
  const again = (what: Sure, press: () => void): TemplateResult =>
    html`<button
      type="button"
      class="danger"
      ?disabled=${isBusy}
      @click=${() => (sure === what ? press() : change(() => (sure = what)))}
      @blur=${() => sure === what && change(() => (sure = null))}
    >
      ${t(`shared.${what}${sure === what ? '.sure' : ''}`)}
    </button>`;

  function controls({ isOpen, isPaused }: SharedPicture): TemplateResult {
    if (!isOpen)
      return html`<p class="actions">
        ${button(t('shared.open'), () => void share(true), 'primary')}
      </p>`;
    return html`<p class="actions">
      ${
        isPaused
          ? button(t('shared.go'), () => void share(true), 'primary')
          : button(t('shared.pause'), () => void share(true, true))
      }
      ${again('clear', () => void obey({ type: 'share-clear' }))}
      ${again('close', () => void share(false))}
      <label class="switch">
        <input
          type="checkbox"
          .checked=${live(isBoard)}
          @change=${(event: Event) => change(() => (isBoard = (event.target as HTMLInputElement).checked))}
        />
        <span>${t('shared.board')}</span>
      </label>
    </p>`;
  }

  const more = (): TemplateResult =>
    html`<details class="stage-more">
      <summary>${t('shared.more')}</summary>
      <p class="actions">
        <a class="button" href=${`${links.wires}#${id}/shared`}>${t('shared.wires')}</a>
        ${again('renew', () => void obey({ type: 'share-renew' }))}
      </p>
      <p class="soft small">${t('shared.renew.text')}</p>
    </details>`;

  function draw(): void {
    frame = 0;
    document.documentElement.toggleAttribute('data-board', isBoard);
    const word = picture?.isPaused ? 'paused' : picture?.isOpen ? 'open' : 'closed';
    render(
      html`<div class="stage-head">
          <h1>${t('shared.title')}</h1>
          ${
            picture
              ? html`<span class="stage-state" data-state=${word} role="status">
                  ${t(`shared.state.${word}`)}
                </span>`
              : nothing
          }
          <a href=${`${links.class}#class=${id}`}>${t('shared.back')}</a>
        </div>
        ${
          isGone
            ? html`<p class="error" role="alert">${t('shared.gone')}</p>`
            : html`<p class="soft" role="status" ?hidden=${status === 'live'}>
                ${status === 'lost' ? t('shared.lost') : status === 'live' ? nothing : t('shared.loading')}
              </p>`
        }
        ${picture && !isGone ? controls(picture) : nothing}
        <p class="error" role="alert" ?hidden=${!hasFailed}>
          ${hasFailed ? t('shared.failed') : nothing}
        </p>
        ${picture?.isOpen && !isGone ? stageView({ picture, isBoard, language }, t) : nothing}
        ${picture && !picture.isOpen ? html`<p class="lead">${t('shared.text')}</p>` : nothing}
        ${picture?.isOpen && !isBoard && !isGone ? more() : nothing}`,
      page,
    );
  }
  draw();
}
