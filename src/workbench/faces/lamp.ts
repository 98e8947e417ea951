import { h, setText } from '../ui/dom.ts';
import { type MakeFace, svg } from './face.ts';

export const makeLamp: MakeFace = (_info, words) => {
  const light = svg('circle', { class: 'wb-lamp-light', cx: 24, cy: 20, r: 13 });
  const picture = svg(
    'svg',
    { viewBox: '0 0 48 48', class: 'wb-face-picture', 'aria-hidden': 'true' },
    light,
    svg('path', { class: 'wb-lamp-foot', d: 'M18 36h12M19.5 40h9M21 44h6' }),
  );
  const text = h('span', { class: 'wb-face-value', role: 'status' }, words('workbench.face.off'));
  const element = h('div', {}, picture as unknown as HTMLElement, text);
  return {
    element,
    show(value) {
      if (typeof value !== 'number') return;
      const brightness = Math.min(1, Math.max(0, value));
      element.style.setProperty('--wb-light', String(brightness));
      const percent = Math.round(brightness * 100);
      const word = { 0: 'off', 100: 'on' }[percent];
      setText(text, word ? words(`workbench.face.${word}`) : `${percent} %`);
    },
    enable() {},
  };
};
