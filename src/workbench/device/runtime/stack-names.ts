/** The names of scripts in a stack, if an engine writes the whole `data:` URL instead. */

/** A stack of a hundred frames, each with the URL of the runtime. */
const MOST = 100_000_000;

/**
 * WebKit leaves `sourceURL` out of its stacks: each frame holds the script's URL, which is its whole
 * text. The name stands at the end of it, behind the encoded `//# sourceURL=`.
 */
export function withScriptNames(text: string): string {
  if (!text.includes('sourceURL%3D')) return text;
  return text
    .slice(0, MOST)
    .replace(/data:text\/javascript;charset=utf-8,\S*%23%20sourceURL%3D/g, '');
}
