/** The movable divider between text and workbench: pointer, arrow keys, double click for the middle. */
import { keep } from './keep.ts';

const least = 30;
const most = 70;
const middle = 50;

const divider = document.querySelector<HTMLElement>('.divider');
const root = document.documentElement;
const kept = parseFloat(root.style.getPropertyValue('--workbench-width'));
let width = Number.isFinite(kept) ? kept : middle;

/** Width of the workbench in hundredths of the window. */
function set(wanted: number): void {
  width = Math.min(most, Math.max(least, Math.round(wanted * 10) / 10));
  root.style.setProperty('--workbench-width', `${width}vw`);
  divider?.setAttribute('aria-valuenow', String(Math.round(width)));
  keep('workbench-width', width === middle ? null : String(width));
}

if (divider && !document.querySelector('.workbench')) divider.remove();
divider?.setAttribute('aria-valuenow', String(Math.round(width)));
divider?.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  event.preventDefault();
  divider.setPointerCapture(event.pointerId);
  divider.dataset.moving = '';
});
divider?.addEventListener('pointermove', (event) => {
  if (!divider.hasPointerCapture(event.pointerId)) return;
  set(((root.clientWidth - event.clientX) / root.clientWidth) * 100);
});
divider?.addEventListener('lostpointercapture', () => delete divider.dataset.moving);
divider?.addEventListener('dblclick', () => set(middle));
divider?.addEventListener('keydown', (event) => {
  const steps: Record<string, number> = {
    ArrowLeft: width + 2,
    ArrowRight: width - 2,
    Home: most,
    End: least,
  };
  const wanted = steps[event.key];
  if (wanted === undefined) return;
  event.preventDefault();
  set(wanted);
});
