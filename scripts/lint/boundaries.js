/** ESLint rule: a file imports only what the rule of its folder allows (`folders.js`). */
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folders } from './folders.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const under = (path, folder) => path === folder || path.startsWith(`${folder}/`);

const PROGRAM = /^lessons\/[^/]+\/[^/]+\/(?:shape\.ts$|(?:starter|solution|mistakes|also-right)\/)/;

/** Tests and test equipment may import anything. */
export const isTest = (path) => /\.test\.ts$|\/testing\//.test(path) || path.endsWith('.d.ts');

/** The folder with a rule that holds for a file; undefined for scripts, benchmarks and the like. */
export const folderOf = (path) =>
  Object.keys(folders)
    .filter((folder) => under(path, folder))
    .sort((a, b) => b.length - a.length)[0];

/**
 * Why a file may not import something; undefined if it may.
 * @param {string} path the file, relative to the repository, with `/`
 * @param {string} specifier as written in the import
 */
export function whyNot(path, specifier) {
  const folder = folderOf(path);
  if (!folder || isTest(path)) return undefined;
  const rule = folders[folder];
  if (specifier.startsWith('.')) {
    const target = join(dirname(path), specifier.split('?')[0]).split(sep).join('/');
    const targetFolder = folderOf(target);
    if (targetFolder === folder) return undefined;
    const allowed = rule.imports.some(
      (each) =>
        targetFolder === each ||
        (targetFolder && !(each in folders) && under(target, each)) ||
        // A folder with a rule stands for itself and for the folders in it.
        (targetFolder && under(targetFolder, each)),
    );
    if (allowed && !/\.test\.ts$/.test(target)) return undefined;
    return `${folder}/ may not import ${targetFolder ?? target}: see scripts/lint/folders.js`;
  }
  // The programs of an exercise may read the files that stand beside them.
  if (PROGRAM.test(path) && /^node:fs(?:\/promises)?$/.test(specifier)) return undefined;
  if (specifier.startsWith('node:'))
    return rule.node ? undefined : `${folder}/ also runs in a browser: no Node modules`;
  const names = rule.packages ?? [];
  return names.some((each) => under(specifier, each) || specifier.startsWith(`${each}:`))
    ? undefined
    : `${folder}/ may not import the package ${specifier}: see scripts/lint/folders.js`;
}

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: { type: 'problem', schema: [], messages: { boundary: '{{why}}' } },
  create(context) {
    const path = relative(root, context.filename).split(sep).join('/');
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const why = whyNot(path, source);
      if (why) context.report({ node: node.source, messageId: 'boundary', data: { why } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
