import { MAX_PROGRAM } from '../compile/compiled.ts';
import { CompileWorker } from '../compile/compile-worker.ts';
import { PartGone } from '../store/part-gone.ts';
import type { CodeEditor, EditorOptions } from '../run/code-editor.ts';
import { boundPaste } from './bounded-paste.ts';
import type { CreateMonacoEditor } from './monaco/entry.ts';
import { kindHere, type EditorKind } from './editor-kind.ts';
import { compileSentences } from './sentences.ts';
import type { VendorUrls } from './vendor.ts';

/**
 * Makes the editor that suits the machine inside `container`: Monaco, fetched now and not before;
 * or CodeMirror if the pointer is a finger, because phones can type in it. Rejects when a file
 * can't be loaded.
 */
export async function createEditor(
  container: HTMLElement,
  options: EditorOptions & { vendor: VendorUrls; kind?: EditorKind },
): Promise<CodeEditor> {
  const { vendor, language } = options;
  boundPaste(container, MAX_PROGRAM);
  if ((options.kind ?? kindHere()) === 'touch') {
    const compiler = new CompileWorker(
      vendor.typescriptWorker,
      language,
      compileSentences(language),
    );
    const { createTouchEditor } = await import('./touch/touch-editor.ts');
    return createTouchEditor(container, { ...options, compiler });
  }
  const style = loadStyle(vendor.editorStyle);
  // Awaited below, unless an import fails before.
  style.catch(() => {});
  // The messages must be there before the editor's modules look for them.
  if (language === 'zh-tw') await import(/* @vite-ignore */ vendor.editorZhTw);
  const [module] = await Promise.all([
    import(/* @vite-ignore */ vendor.editor) as Promise<{ createMonacoEditor: CreateMonacoEditor }>,
    style,
  ]);
  return module.createMonacoEditor(container, options);
}

const styles = new Map<string, Promise<void>>();

/** Once; after a failure, once more. */
function loadStyle(href: string): Promise<void> {
  const known = styles.get(href);
  if (known) return known;
  const link = document.createElement('link');
  const loading = new Promise<void>((resolve, reject) => {
    const failed = () => {
      styles.delete(href);
      link.remove();
      reject(new PartGone(href));
    };
    Object.assign(link, { rel: 'stylesheet', href, onload: () => resolve(), onerror: failed });
    document.head.append(link);
  });
  styles.set(href, loading);
  return loading;
}
