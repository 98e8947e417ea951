import { h, setText } from '../ui/dom.ts';
import { type MakeFace, withUnit } from './face.ts';

/** A slider: what a hand around the sensor would do. */
export const makeThermometer: MakeFace = ({ name, options }, _words, input) => {
  const { min = -10, max = 40, unit } = options;
  const text = h('span', { class: 'wb-face-value' });
  const slider = h('input', {
    type: 'range',
    class: 'wb-thermometer',
    min,
    max,
    step: (max - min) / 500,
    'aria-label': name,
    oninput: () => {
      show(Number(slider.value));
      input(Number(slider.value));
    },
  });
  function show(value: number): void {
    const shown = withUnit(Math.round(value * 10) / 10, unit);
    setText(text, shown);
    slider.setAttribute('aria-valuetext', shown);
  }
  return {
    element: h('div', {}, slider, text),
    show(value) {
      if (typeof value !== 'number') return;
      slider.value = String(value);
      show(value);
    },
    enable: (on) => (slider.disabled = !on),
  };
};
