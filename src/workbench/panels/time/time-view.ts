import type { Words } from '../../i18n/words.ts';
import { speeds } from '../../time/playhead.ts';
import { iconView, type IconName } from '../../ui/icons.ts';
import { html, live, type TemplateResult } from '../../ui/view.ts';
import type { Moment } from '../../time/moment.ts';

export interface TimeModel {
  moment: Moment;
  /** The moment in words, for the ear and in short for the eye. */
  said: string;
  short: readonly [count: string, what: string];
}

/** The time line: pause, step, drag, speed, and back to what happens now. */
export function timeView({ moment, said, short }: TimeModel, words: Words): TemplateResult {
  const t = (key: string) => words(`time.${key}`);
  const { mode, steps, count, speed, isLive } = moment;
  const toggle = { live: 'pause', playing: 'pause', paused: 'play' }[mode];
  const value = (event: Event) => Number((event.currentTarget as HTMLInputElement).value);
  return html`<div class="wb-time" role="group" aria-label=${t('label')} data-mode=${mode}>
    ${button(toggle === 'pause' ? 'pause' : 'run', t(toggle), () => moment.toggle())}
    ${button('left', t('back'), () => moment.step(-1), count === 0)}
    ${button('right', t('on'), () => moment.step(1), count >= steps.length)}
    <input
      class="wb-time-slider"
      type="range"
      min="0"
      max=${steps.length}
      .value=${live(String(count))}
      aria-label=${t('slider')}
      aria-valuetext=${said}
      @input=${(event: Event) => moment.goTo(value(event))}
    />
    <span class="wb-time-text" aria-hidden="true" title=${short.join(' · ')}
      >${short[0]} <span class="wb-time-what">${short[1]}</span></span
    >
    <select
      class="wb-time-speed"
      aria-label=${t('speed')}
      title=${t('speed')}
      @change=${(event: Event) => moment.setSpeed(speeds[value(event)]!)}
    >
      ${speeds.map(
        (each, at) =>
          html`<option value=${at} .selected=${live(each === speed)}>
            ${t(`speed.${each}`)}
          </option>`,
      )}
    </select>
    <button
      type="button"
      class="wb-button wb-time-live"
      aria-pressed=${isLive}
      @click=${() => moment.live()}
    >
      <span class="wb-time-dot" aria-hidden="true"></span>${t(moment.capture ? 'end' : 'live')}
    </button>
  </div>`;

  function button(icon: IconName, text: string, act: () => void, isOff = false) {
    return html`<button
      type="button"
      class="wb-button wb-time-button"
      aria-label=${text}
      title=${text}
      aria-disabled=${isOff}
      @click=${() => isOff || act()}
    >
      ${iconView(icon)}
    </button>`;
  }
}

/** Whose packets are shown, if they are not the room's: over all panels. */
export function captureView({ capture, entriesLeftOut }: Moment, close: () => void, words: Words) {
  if (capture === undefined) return html``;
  return html`<div class="wb-capture" role="status">
    <span class="wb-mark">${words('time.capture')}</span>
    <b>${capture}</b>
    <span class="wb-capture-says"
      >${
        entriesLeftOut > 0
          ? words('time.capture.left-out', { count: entriesLeftOut })
          : words('time.capture.not-the-room')
      }</span
    >
    <button type="button" class="wb-button" @click=${close}>${words('time.capture.close')}</button>
  </div>`;
}
