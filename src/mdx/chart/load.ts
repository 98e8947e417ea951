/** What a lesson's script has measured, `lessons/<slug>/measured.ts`. */
import type { Usage } from '../../../sandbox/checks/price.ts';

const files = import.meta.glob<{ measured: Record<string, Usage> }>('/lessons/*/measured.ts', {
  eager: true,
});

/** @throws naming what there is */
export function loadMeasured(lesson: string, way: string): Usage {
  const all = files[`/lessons/${lesson}/measured.ts`]?.measured ?? {};
  const found = all[way];
  if (found) return found;
  const known = Object.keys(all).join(', ') || 'none';
  throw new Error(`<Chart> in lessons/${lesson}: "${way}" was not measured; there are ${known}`);
}
