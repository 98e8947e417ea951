/** Prints how long the source files are: `npm run report:files`. Tests and generated files are left out. */
import { readFileSync } from 'node:fs';
import { sourceFiles } from './lint/import-graph.ts';

const areas = ['sandbox', 'src', 'scripts', 'bench', 'e2e'];
const lengths = (folder: string) =>
  sourceFiles(folder)
    .filter((file) => !/\.(test|spec|d)\.ts$/.test(file))
    .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines);

console.log('area      files  median  longest');
for (const area of areas) {
  const files = lengths(area);
  const { file, lines } = files.at(-1)!;
  const median = files[Math.floor(files.length / 2)]!.lines;
  console.log(
    `${area.padEnd(9)} ${String(files.length).padStart(5)}  ${String(median).padStart(6)}  ${lines} ${file}`,
  );
}
