/** The solutions of the exercises, as the build reads them: of the programs and files that a learner changes. */
import type { Language } from '../i18n/index.ts';
import { inLanguage, type Comments } from '../mdx/comments.ts';

// Vite reads these options as they are written here.
const starters = import.meta.glob<string>('/lessons/*/*/starter/*', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const solutions = import.meta.glob<string>('/lessons/*/*/solution/*', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const comments = import.meta.glob<Comments>('/lessons/*/*/comments.*.json', {
  eager: true,
  import: 'default',
});

export interface SolutionFile {
  name: string;
  text: string;
}

/** @param id `<lesson>/<exercise>` */
export function solutionOf(id: string, language: Language): SolutionFile[] {
  const folder = `/lessons/${id}/solution/`;
  const said = comments[`/lessons/${id}/comments.${language}.json`] ?? {};
  return Object.entries(solutions)
    .filter(([path]) => path.startsWith(folder))
    .map(([path, text]) => ({ path, name: path.slice(folder.length), text }))
    .filter(({ name, text }) => starters[`/lessons/${id}/starter/${name}`] !== text)
    .map(({ name, text }) => ({ name, text: inLanguage(text, said).trimEnd() }));
}
