import { h } from '../ui/dom.ts';
import type { MakeFace } from './face.ts';

export const makeButton: MakeFace = ({ name }, _words, input) => {
  let presses = 0;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'wb-button wb-face-button',
      onclick: () => button.getAttribute('aria-disabled') !== 'true' && input(++presses),
    },
    name,
  );
  return {
    element: h('div', {}, button),
    show() {},
    // Not `disabled`: the focus would be lost with each end of a program.
    enable: (on) => button.setAttribute('aria-disabled', String(!on)),
  };
};
