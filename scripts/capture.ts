/**
 * `npm run capture [-- <slug>[/<exercise>] …]`: stores the packets of an exercise's programs beside
 * it, for the lesson's pictures. The solution's is always stored; another set's with `--set
 * mistakes/same-id --name fight`. A file changes only when what happens has changed.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { difference } from './check-lessons/captures/compare.ts';
import { normalise } from './check-lessons/captures/normalise.ts';
import { lessonFolders, readLesson, setsOf, type ExerciseFiles } from './check-lessons/lesson.ts';
import { memory } from './check-lessons/rooms/memory.ts';
import { websocket } from './check-lessons/rooms/websocket.ts';
import { isRunnable, runExercise } from './check-lessons/run-exercise.ts';

const { values, positionals } = parseArgs({
  options: { set: { type: 'string' }, name: { type: 'string' }, force: { type: 'boolean' } },
  allowPositionals: true,
});
const root = fileURLToPath(new URL('../lessons', import.meta.url));
const asked = (id: string) =>
  positionals.length === 0 || positionals.some((one) => id === one || id.startsWith(`${one}/`));
const sources = [memory, await websocket(root)];

async function capture(files: ExerciseFiles, name: string, set: string): Promise<void> {
  const programs = setsOf(files).get(set);
  if (!programs) throw new Error(`lessons/${files.id} has no ${set}`);
  const source = sources.find((one) => isRunnable(one, programs))!;
  const { entries, complete } = await runExercise(source, files, programs, { linger: true });
  const packets = normalise(entries);
  const stored = files.captures.get(name);
  const where = `${files.id}/captures/${name}.json`;
  const changed = !stored || stored.set !== set ? 'new' : difference(stored, packets, complete);
  if (!changed && !values.force) return console.log(`${where}: as it was`);
  const folder = join(root, files.id, 'captures');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ set, packets }, null, 2)}\n`);
  console.log(`${where}: ${packets.length} packets (${changed ?? 'asked for'})`);
}

let found = 0;
for (const slug of lessonFolders(root)) {
  if (
    !existsSync(join(root, slug)) ||
    !(asked(slug) || positionals.some((one) => one.startsWith(`${slug}/`)))
  )
    continue;
  const { exercises } = await readLesson(root, slug);
  for (const files of exercises.filter(({ id }) => asked(id))) {
    found += 1;
    // A solution with chance in it has another order each time: such an exercise has captures of others.
    const isOther = files.captures.size > 0 && !files.captures.has('solution');
    const wanted = new Map(isOther ? [] : [['solution', 'solution']]);
    for (const [name, { set }] of files.captures) wanted.set(name, set);
    if (values.set) wanted.set(values.name ?? values.set.replace('/', '-'), values.set);
    for (const [name, set] of wanted) await capture(files, name, set);
  }
}
for (const source of sources) await source.close();
if (found === 0) {
  console.error(`No exercise ${positionals.join(', ')}: write <slug> or <slug>/<exercise>.`);
  process.exitCode = 2;
}
