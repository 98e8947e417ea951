/** `npm test -- changed`: the steps that a change can reach, from git's list of changed files. */
import { execFileSync } from 'node:child_process';

/** Files that differ from where this branch left main, and those that git does not track yet. */
export function changedFiles(root: string): string[] {
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    } catch {
      return '';
    }
  };
  const base = ['origin/main', 'main', 'HEAD']
    .map((branch) => git('merge-base', 'HEAD', branch).trim())
    .find((commit) => commit !== '');
  const lists = [
    git('diff', '--name-only', '-z', base ?? 'HEAD'),
    git('ls-files', '--others', '--exclude-standard', '-z'),
  ];
  return [...new Set(lists.flatMap((list) => list.split('\0')))].filter((path) => path !== '');
}

export interface Reach {
  /** Names of the steps that the change can reach. */
  steps: string[];
  /** Lessons to check; empty: all of them. */
  lessons: string[];
}

/** Files that every step depends on. */
const EVERYTHING = /^(package(-lock)?\.json|tsconfig\.json|scripts\/test|vitest\.config|\.ci\/)/;
/**
 * Files that lessons depend on: the sandbox, the runtime of programs, the terminal, the checker
 * itself.
 */
const UNDER_LESSONS =
  /^(sandbox|scripts\/check-lessons|src\/workbench\/(device|terminal|room|compile)|lessons\/[^/]+\.ts$)/;
const IN_LESSON = /^lessons\/([^/]+)\//;

/** @param all the names of all steps */
export function reachOf(files: readonly string[], all: readonly string[]): Reach {
  if (files.some((file) => EVERYTHING.test(file))) return { steps: [...all], lessons: [] };
  const steps = new Set<string>();
  const add = (...names: string[]) => names.forEach((name) => steps.add(name));
  if (files.length > 0) add('format');
  const code = files.filter((file) => /\.(ts|js|mjs|astro|mdx|css|json)$/.test(file));
  if (code.length > 0) add('lint', 'types', 'build', 'types of pages', 'unit');
  const under = code.some((file) => UNDER_LESSONS.test(file));
  const touched = new Set(code.flatMap((file) => IN_LESSON.exec(file)?.[1] ?? []));
  if (under || touched.size > 0) add('lessons');
  if (code.some((file) => /^(src|e2e|sandbox|public|lessons|astro\.config)/.test(file)))
    add('end to end', 'end to end, static host');
  return {
    steps: all.filter((name) => steps.has(name)),
    lessons: under ? [] : [...touched].sort(),
  };
}
