import { CompileWorker } from '../compile/compile-worker.ts';
import type { CodeEditor, EditorOptions } from './editor.ts';
import type { CreateMonacoEditor } from './monaco/entry.ts';
import { compileSentences } from './sentences.ts';
import type { VendorUrls } from './vendor.ts';

/**
 * Makes the editor that suits the machine inside `container`: Monaco, fetched now and not before; or
 * CodeMirror, which a phone can type in, where the pointer is a finger. Rejects when a file can't be
 * loaded.
 */
export async function createEditor(
  container: HTMLElement,
  options: EditorOptions & { vendor: VendorUrls; kind?: 'monaco' | 'touch' },
): Promise<CodeEditor> {
  const { vendor, language } = options;
  const kind = options.kind ?? (matchMedia('(pointer: coarse)').matches ? 'touch' : 'monaco');
  if (kind === 'touch') {
    const compiler = new CompileWorker(
      vendor.typescriptWorker,
      language,
      compileSentences(language),
    );
    const { createTouchEditor } = await import('./touch/touch-editor.ts');
    return createTouchEditor(container, { ...options, compiler });
  }
  const style = loadStyle(vendor.editorStyle);
  // The messages must be there before the editor's modules look for them.
  if (language === 'zh-tw') await import(/* @vite-ignore */ vendor.editorZhTw);
  const [module] = await Promise.all([
    import(/* @vite-ignore */ vendor.editor) as Promise<{ createMonacoEditor: CreateMonacoEditor }>,
    style,
  ]);
  return module.createMonacoEditor(container, options);
}

function loadStyle(url: string): Promise<void> {
  if (document.querySelector(`link[href="${CSS.escape(url)}"], link[href="${url}"]`))
    return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = url;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(url));
    document.head.append(link);
  });
}
