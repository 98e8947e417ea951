import type TypeScript from 'typescript';

/** Not in TypeScript's public types, but exported, and what `tsc --locale` calls. */
type Localizable = typeof TypeScript & {
  setLocalizedDiagnosticMessages(messages: Record<string, string> | undefined): void;
};

/**
 * TypeScript's errors in the learner's language, from the file beside the worker's script. English
 * is built in, and is kept if the file can't be loaded.
 */
export async function localize(ts: typeof TypeScript, language: string | undefined): Promise<void> {
  if (language !== 'zh-tw') return;
  try {
    const answer = await fetch(new URL('messages-zh-tw.json', self.location.href));
    if (!answer.ok) return;
    (ts as Localizable).setLocalizedDiagnosticMessages(
      (await answer.json()) as Record<string, string>,
    );
  } catch {
    // An error in English is better than none.
  }
}
