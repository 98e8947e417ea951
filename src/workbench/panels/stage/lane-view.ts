import type { Direction } from '../../../../sandbox/protocol/mqtt.ts';
import type { Words } from '../../i18n/words.ts';
import type { Flight, Label, Lane } from '../../stage/lane.ts';
import { html, nothing, repeat } from '../../ui/view.ts';

const arrows: Record<Direction, string> = { 'to-broker': '→', 'to-client': '←' };

/**
 * One direction of a cable: what travels now, or the last packet by its name, or a stream with its
 * number. A packet's name stands still while the packet travels: a text that moves is not read.
 */
export function laneView(lane: Lane, direction: Direction, now: number, words: Words) {
  const { flights, isStream, count, last, own } = lane;
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.stage.${key}`, values);
  const shown = isStream ? [] : flights;
  return html`<div
    class="wb-stage-lane"
    data-direction=${direction}
    data-count=${count}
    ?data-stream=${isStream}
  >
    ${
      isStream
        ? html`<i class="wb-stage-stream" aria-hidden="true"></i>
            <span class="wb-stage-label">${t('stream', { count: lane.perSecond(now) })}</span>`
        : nothing
    }
    ${repeat(shown, ({ n }) => n, flightView)}
    ${isStream || flights.length > 0 ? nothing : stillView()}
  </div>`;

  function stillView() {
    if (own) return labelView(own, 'wb-stage-own');
    return last ? labelView(last, 'wb-stage-last') : nothing;
  }
  function flightView(flight: Flight) {
    const { wait, time, n, fate } = flight;
    // The same at each draw: another value would begin the journey again.
    const style = `--wb-wait:${Math.round(wait)}ms;--wb-time:${time}ms`;
    return html`<div class="wb-stage-flight" data-n=${n} data-fate=${fate} .style=${style}>
      <i class="wb-stage-packet" aria-hidden="true"><i></i></i>${labelView(flight, '')}
    </div>`;
  }
  function labelView(label: Label, className: string) {
    const { kind, topic, fate } = label;
    const way = words(`workbench.${direction}`);
    return html`<span class="wb-stage-label ${className}" data-fate=${fate}
      ><span class="wb-stage-way" aria-hidden="true">${arrows[direction]}</span
      ><span class="wb-stage-kind">${kind}</span>${topic ? html` <code>${topic}</code>` : nothing}
      ${fate === 'passed' ? nothing : html`<em>${words(`workbench.fate.${fate}`)}</em>`}<span
        class="wb-spoken"
        >, ${way}</span
      ></span
    >`;
  }
}
