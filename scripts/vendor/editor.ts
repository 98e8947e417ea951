/** Monaco's part of the vendor files: the editor with its style, its small worker, and TypeScript's. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { typings } from './typings.ts';

const MONACO = 'node_modules/monaco-editor/esm/vs';

export async function buildEditor(root: string, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  await bundle(root, path.join(root, 'src/workbench/editor/monaco/entry.ts'), out, 'editor.js', [
    typings(root),
    lean(root),
  ]);
  await bundle(
    root,
    path.join(root, MONACO, 'editor/editor.worker.js'),
    out,
    'editor-worker.js',
    [],
  );
  await copyFile(path.join(root, MONACO, 'nls/lang/zh-tw.js'), path.join(out, 'editor-zh-tw.js'));
}

export async function buildTypeScriptWorker(root: string, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  await bundle(root, path.join(root, 'src/workbench/compile/worker.ts'), out, 'worker.js', [
    lean(root),
  ]);
  await writeMessages(root, out);
}

/** Errors of syntax and types; what is left out is about the compiler's own options and build. */
const ABOUT_PROGRAMS = /_(?:1\d{3}|2\d{3}|7\d{3}|17\d{3}|18\d{3}|80\d{3}|95\d{3})$/;

/** TypeScript's own translations; their keys hold an error's text and number, so releases may differ. */
async function writeMessages(root: string, out: string): Promise<void> {
  const file = 'node_modules/typescript/lib/zh-tw/diagnosticMessages.generated.json';
  const all = JSON.parse(await readFile(path.join(root, file), 'utf8')) as Record<string, string>;
  const kept = Object.entries(all).filter(([key]) => ABOUT_PROGRAMS.test(key));
  await writeFile(path.join(out, 'messages-zh-tw.json'), JSON.stringify(Object.fromEntries(kept)));
}

async function bundle(
  root: string,
  input: string,
  out: string,
  file: string,
  plugins: Plugin[],
): Promise<void> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    base: './',
    logLevel: 'error',
    plugins,
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      chunkSizeWarningLimit: 10_000,
      rollupOptions: {
        input,
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          entryFileNames: file,
          codeSplitting: false,
          assetFileNames: (asset) =>
            asset.names[0]?.endsWith('.css') ? 'editor.css' : '[name][extname]',
        },
      },
    },
  });
}

/** Leaves out what Monaco would bring along: all its features, a second TypeScript, the DOM's types. */
function lean(root: string): Plugin {
  return {
    name: 'retained:lean-monaco',
    enforce: 'pre',
    resolveId(id) {
      // The package's exports name its scripts only.
      const style = /^monaco-editor\/(.*\.css)$/.exec(id)?.[1];
      return style ? path.join(root, MONACO, style) : null;
    },
    async load(id) {
      const file = id.replaceAll('\\', '/');
      if (UNUSED.test(file))
        return 'export class DiffEditorWidget {} export class MultiDiffEditorWidget {}';
      if (!file.endsWith('/features/typescript/lib/lib.js')) return null;
      const { libFileMap } = (await import(pathToFileURL(id).href)) as {
        libFileMap: Record<string, string>;
      };
      const kept = Object.entries(libFileMap).filter(
        ([name]) => LANGUAGE_ONLY.test(name) && !name.endsWith('.full.d.ts'),
      );
      return `export const libFileMap = ${JSON.stringify(Object.fromEntries(kept))};`;
    },
    transform(code, id) {
      const file = id.replaceAll('\\', '/');
      if (file.endsWith('/internal/common/workers.js')) {
        // It imports every feature for its side effects.
        return { code: code.replace(/^import '[^']+';$/gm, ''), map: null };
      }
      if (file.endsWith('/features/typescript/workerManager.js')) {
        return { code: code.replace(/createWorker: \(\) => new Worker\([^\n]*\),/, ''), map: null };
      }
      if (file.endsWith('/contextkey/common/contextkey.js')) {
        // An Error made while the file is evaluated: where somebody inspects the page, the browser
        // parses the whole file again for its line numbers.
        const made = code.replace(
          '_parseError = new Error()',
          '_parseError = { __proto__: Error.prototype }',
        );
        if (made === code) this.error(`${file} has no _parseError to change`);
        return { code: made, map: null };
      }
      if (LOADS_LATER.test(file)) return { code: loadedAtOnce(code), map: null };
      return null;
    },
  };
}

/** No DOM, no web worker: what a program has besides the language is in `typings/globals.d.ts.txt`. */
const LANGUAGE_ONLY = /^lib\.(?:es|decorators)/;

/** Editors of differences: the API names them, and nobody makes one. */
const UNUSED =
  /\/editor\/browser\/widget\/(?:diffEditor\/diffEditorWidget|multiDiffEditor\/multiDiffEditorWidget)\.js$/;

const LOADS_LATER = /\/monaco-editor\/esm\/vs\/languages\/.*\/register\.js$/;

/**
 * `import('./mode.js')` → a static import of the same. In a bundle of one file, an import at run time
 * makes the bundler wrap every module in a function, and the browser parses the inside of each twice.
 */
function loadedAtOnce(code: string): string {
  const imports: string[] = [];
  const body = code.replace(/\bimport\(('[^']+')\)/g, (_, from: string) => {
    imports.push(`import * as later${imports.length} from ${from};`);
    return `Promise.resolve(later${imports.length - 1})`;
  });
  return [...imports, body].join('\n');
}
