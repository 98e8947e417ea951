/**
 * How a component's children reach it: a child renders itself into `<x-name …>…</x-name>`, the
 * parent renders its slot and takes the children out again. A child that is left over is an error.
 */
export interface MarkedChild {
  attributes: Record<string, string>;
  html: string;
}

const unescape = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** MDX wraps text on lines of its own in a paragraph; one that is alone is not wanted around a sentence. */
export function unwrap(html: string): string {
  const one = html.trim().match(/^<p>([\s\S]*)<\/p>$/);
  return one && !one[1]!.includes('<p>') ? one[1]!.trim() : html.trim();
}

/** All `<x-name>` in some HTML, in order, and the HTML without them. They do not nest in themselves. */
export function take(html: string, name: string): { found: MarkedChild[]; rest: string } {
  const found: MarkedChild[] = [];
  const pattern = new RegExp(
    `<x-${name}((?: [\\w-]+(?:="[^"]*")?)*)>([\\s\\S]*?)</x-${name}>`,
    'g',
  );
  const rest = html.replace(pattern, (_, attributes: string, inner: string) => {
    const pairs = [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
    found.push({
      attributes: Object.fromEntries(pairs.map((pair) => [pair[1]!, unescape(pair[2] ?? '')])),
      html: unwrap(inner),
    });
    return '';
  });
  return { found, rest: rest.replace(/<p>\s*<\/p>/g, '').trim() };
}

/** Throws if a child is left that the component does not take. */
export function nothingElse(component: string, rest: string, allowed: string): void {
  if (rest === '') return;
  const words =
    rest
      .replace(/<[^>]*>/g, '')
      .trim()
      .slice(0, 40) || rest.slice(0, 40);
  throw new Error(`<${component}> holds only ${allowed}; found “${words}”`);
}
