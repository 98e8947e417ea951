/** Writes what a run has proved into `lessons/proved.json` (`--record`). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  digestOf,
  recorded,
  textOf,
  type LessonProofs,
  type Proofs,
} from '../../src/site/proved.ts';
import type { Findings } from './report.ts';

const NAME = 'proved.json';

export const readProofs = (root: string): Proofs => {
  const file = join(root, NAME);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Proofs) : {};
};

/**
 * A lesson of which something failed keeps what it had; one that is no longer written has nothing.
 * @param root the folder `lessons/`
 * @param checked what each lesson's run has found, by slug
 * @param today `2026-11-30`
 */
export function record(
  root: string,
  checked: ReadonlyMap<string, Findings>,
  written: ReadonlySet<string>,
  today: string,
): void {
  const known = Object.entries(readProofs(root)).filter(([slug]) => written.has(slug));
  const proofs: Record<string, LessonProofs> = Object.fromEntries(known);
  for (const [slug, { failures, proved }] of checked) {
    if (failures.length > 0 || !written.has(slug)) continue;
    proofs[slug] = recorded(proofs[slug], digestOf(join(root, slug)), proved, today);
  }
  writeFileSync(join(root, NAME), textOf(proofs));
}
