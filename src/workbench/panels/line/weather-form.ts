import type { LinkConditions } from '../../../../sandbox/protocol/faults.ts';
import type { Words } from '../../i18n/words.ts';
import { h, setText } from '../../ui/dom.ts';

const mostLatencyMs = 3_000;

export interface ConditionsActions {
  change(weather: Omit<LinkConditions, 'client'>): void;
  cut(): void;
}

/** What lies on a client's line as long as the learner wants it: slow, lossy, frozen; or cut, now. */
export function createConditionsForm(words: Words, on: ConditionsActions) {
  const say = (key: string, values?: Record<string, string | number>) =>
    words(`panels.line.${key}`, values);
  const slider = (max: number, step: number, show: (value: number) => string, set: (value: number) => void) => {
    const output = h('span', { class: 'wb-line-value' });
    const input = h('input', {
      ...{ type: 'range', min: 0, max, step, value: 0 },
      oninput: () => showValue(),
      onchange: () => set(input.valueAsNumber),
    });
    const showValue = (): void => {
      const text = show(input.valueAsNumber);
      setText(output, text);
      input.setAttribute('aria-valuetext', text);
    };
    showValue();
    return { input, output, show(value: number) {
      // A slider that is being moved is the reader's.
      if (document.activeElement !== input || !input.matches(':active')) input.value = String(value);
      showValue();
    } };
  }; // prettier-ignore
  const latency = slider(mostLatencyMs, 50, (ms) => say('latency.value', { ms }), (latencyMs) => on.change({ latencyMs })); // prettier-ignore
  const loss = slider(100, 5, (percent) => say('loss.value', { percent }), (percent) => on.change({ loss: percent / 100 })); // prettier-ignore
  const freeze = h(
    'button',
    {
      type: 'button',
      class: 'wb-button',
      'aria-pressed': 'false',
      title: say('freeze.title'),
      onclick: () => on.change({ frozen: freeze.getAttribute('aria-pressed') !== 'true' }),
    },
    say('freeze'),
  );
  const cut = h(
    'button',
    { type: 'button', class: 'wb-button', title: say('cut.title'), onclick: on.cut },
    say('cut'),
  );
  const named = (key: string, { input, output }: { input: HTMLElement; output: HTMLElement }) =>
    h('label', { class: 'wb-tool wb-line-slider' }, h('span', {}, say(key), ' ', output), input);
  return {
    element: h(
      'div',
      { class: 'wb-tools', role: 'group', 'aria-label': say('weather') },
      named('latency', latency),
      named('loss', loss),
      freeze,
      cut,
    ),
    show(weather: LinkConditions): void {
      latency.show(weather.latencyMs ?? 0);
      loss.show(Math.round((weather.loss ?? 0) * 100));
      freeze.setAttribute('aria-pressed', String(weather.frozen === true));
    },
  };
}
