import { h, setText } from '../ui/dom.ts';
import type { MakeFace } from './face.ts';

export const makeDisplay: MakeFace = () => {
  const text = h('output', { class: 'wb-display-text' });
  return {
    element: h('div', {}, text),
    show: (value) => setText(text, String(value)),
    enable() {},
  };
};
