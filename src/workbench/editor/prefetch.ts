import type { EditorOptions } from '../run/code-editor.ts';
import { kindHere } from './editor-kind.ts';
import { vendorUrls } from './vendor.ts';

let begun = false;

/**
 * Begins to fetch the files that `createEditor` waits for longest, so that they load beside the
 * workbench and not after it. `createEditor` fetches again what fails here, and reports it.
 */
export function prefetchEditor(language: EditorOptions['language']): void {
  if (begun) return;
  begun = true;
  void import('./create-editor.ts').catch(() => {});
  if (kindHere() === 'touch') return void import('./touch/touch-editor.ts').catch(() => {});
  const { editor, editorZhTw, editorStyle } = vendorUrls();
  const modules = language === 'zh-tw' ? [editorZhTw, editor] : [editor];
  for (const href of modules) fetchEarly({ rel: 'modulepreload', href });
  fetchEarly({ rel: 'preload', as: 'style', href: editorStyle });
}

function fetchEarly(what: { rel: string; href: string; as?: string }): void {
  document.head.append(Object.assign(document.createElement('link'), what));
}
