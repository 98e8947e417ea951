import type { EditorOptions } from '../run/code-editor.ts';
import { vendorUrls } from './vendor.ts';

export type EditorKind = 'monaco' | 'touch';

/** What can be typed into on this machine. */
export const kindHere = (): EditorKind =>
  matchMedia('(pointer: coarse)').matches ? 'touch' : 'monaco';

let begun = false;

/**
 * Begins to fetch what `createEditor` waits for longest, so that it comes beside the workbench and not
 * behind it. What fails here is asked for again there, and told.
 */
export function prefetchEditor(language: EditorOptions['language']): void {
  if (begun) return;
  begun = true;
  if (kindHere() === 'touch') return void import('./touch/touch-editor.ts').catch(() => {});
  const { editor, editorZhTw, editorStyle } = vendorUrls();
  const modules = language === 'zh-tw' ? [editorZhTw, editor] : [editor];
  for (const href of modules) fetchEarly({ rel: 'modulepreload', href });
  fetchEarly({ rel: 'preload', as: 'style', href: editorStyle });
}

function fetchEarly(what: { rel: string; href: string; as?: string }): void {
  document.head.append(Object.assign(document.createElement('link'), what));
}
