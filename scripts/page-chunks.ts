/**
 * Which file of the site a module belongs to. The bundler's own rule makes a file for each set of
 * modules that have the same importers: the workbench would come in dozens of small ones, and the
 * page sets up each of them before the editor.
 */
import type { Plugin } from 'vite';

interface ModuleInfo {
  isEntry: boolean;
  importers: readonly string[];
  dynamicImporters: readonly string[];
}
type Find = (id: string) => ModuleInfo | null;

/** What a page loads together, if a reader is there (`src/workbench/element.ts`). */
const WORKBENCH = /\/src\/workbench\/(?:workbench|editor\/create-editor)\.ts$/;
/** What a page for readers and it have in common. */
const OF_BOTH = /\/src\/workbench\/(?:editor\/(?:prefetch|vendor)\.ts|styles\/styles\.css\?url)$/;
/** Their scripts may load the workbench's parts; a page for readers must not. */
const OF_CLASSES = /\/classroom\/|\/pages\/[^?]*\bclass/;

/** Its script is in every page. */
const OF_ALL = /\/src\/layouts\/Base\.astro/;
/** Theirs are in a page with an exercise, and in few others. */
const OF_LESSONS = /\/src\/(?:mdx|print|components\/lesson|layouts\/(?:Lesson|Embed))\b/;

type Chunk = 'page' | 'lesson' | 'workbench' | 'workbench-parts';

/**
 * `page` and `lesson`: what several scripts of
 * every page, or of a lesson, have in common: a file costs a reader 300 bytes of headers. `workbench`:
 * modules that only the workbench and what it loads later import. `workbench-parts`: the pages of
 * classes import them, too. Null: the bundler decides.
 */
export function chunkOf(id: string, find: Find): Chunk | null {
  if (OF_BOTH.test(id.replaceAll('\\', '/'))) return 'lesson';
  const roots = rootsOf(id, find);
  const pages = roots.filter(({ isPage }) => isPage);
  const readers = pages.filter(({ id }) => !OF_CLASSES.test(id));
  if (readers.length > 0) {
    // What one script alone imports is in that script's file.
    if (roots.length < 2 || find(id)?.isEntry) return null;
    if (readers.some(({ id }) => OF_ALL.test(id))) return 'page';
    return readers.every(({ id }) => OF_LESSONS.test(id)) ? 'lesson' : null;
  }
  if (!roots.some(({ id }) => WORKBENCH.test(id))) return null;
  return pages.length > 0 ? 'workbench-parts' : 'workbench';
}

/** The pages' scripts and the modules loaded later from which static imports lead to this module. */
function rootsOf(start: string, find: Find): { id: string; isPage: boolean }[] {
  const seen = new Set<string>();
  const roots: { id: string; isPage: boolean }[] = [];
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const info = find(id);
    if (!info) continue;
    if (info.isEntry || info.dynamicImporters.length > 0)
      roots.push({ id: id.replaceAll('\\', '/'), isPage: info.isEntry });
    open.push(...info.importers);
  }
  return roots;
}

export function workbenchInOneFile(): Plugin {
  return {
    name: 'retained:page-chunks',
    applyToEnvironment: ({ name }) => name === 'client',
    // Astro sets the opposite, which the option below does not go with; no page is imported by name.
    options: (options) => ({ ...options, preserveEntrySignatures: 'allow-extension' }),
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        // What pages for readers share with the workbench stays in files of its own.
        includeDependenciesRecursively: false,
        groups: [{ name: (id, modules) => chunkOf(id, (of) => modules.getModuleInfo(of)) }],
      },
    }),
  };
}
