/**
 * Makes the files of a site that was built below one base path work below any path. Pure: a table of
 * cases tests it.
 */
import { posix } from 'node:path';

/** Path below the site's base → path in the package; undefined if it isn't there. */
export type Places = (path: string) => string | undefined;

/** @param from the file that holds the address, in the package */
const relativeTo = (from: string, to: string): string =>
  posix.relative(posix.dirname(from), to) || posix.basename(to);

/** `a/b/#part` → `a/b/`, `#part` */
function split(address: string): [path: string, rest: string] {
  const at = address.search(/[?#]/);
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at)];
}
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function place(from: string, address: string, places: Places): string {
  const [path, rest] = split(address);
  const to = places(path);
  if (to === undefined) throw new Error(`${from} needs ${path}, which is not in the package`);
  return relativeTo(from, to) + rest;
}

/** What remains would work below one path only. */
function complete(from: string, text: string, base: string): string {
  const at = text.indexOf(base.replace(/\/$/, ''));
  if (at >= 0)
    throw new Error(`${from}: an address that is not relative: ${text.slice(at, at + 80)}`);
  return text;
}

/**
 * Links to pages that are not in the package lose their address, or get the one of the public course.
 * @param site the public course with its base, `https://…/learn/`; undefined if there is none
 */
export function relativePage(
  from: string,
  html: string,
  { base, places, site }: { base: string; places: Places; site?: string | undefined },
): string {
  // Texts of an exercise stand in the page as JSON: a quotation mark has a backslash there.
  const link = new RegExp(
    `${opening}[^>]*?\\shref=(\\\\?")${escaped(base)}([^"\\\\]*)\\1[^>]*>`,
    'g',
  );
  const own = html.replace(link, (tag, quote: string, address: string) => {
    const href = `href=${quote}${base}${address}${quote}`;
    const having = (attributes: string) => tag.replace(href, attributes.replaceAll('"', quote));
    if (places(split(address)[0]) !== undefined)
      return having(`href="${place(from, address, places)}"`);
    if (site) return having(`href="${site}${address}" target="_blank" rel="noopener"`);
    // What describes a word stays within reach of the keyboard.
    const reach = tag.includes('aria-describedby') ? ' tabindex="0"' : '';
    return tag.replace(` ${href}`, reach.replaceAll('"', quote));
  });
  return relativeStyle(from, own.replace(outside, '$1 target=$2_blank$2'), base, places);
}
/** Of a link, also in JSON that stands in a page. */
const opening = String.raw`(?:<|\\u003c)a\b`;
/** A link to another site that would open inside of the platform's frame. */
const outside = new RegExp(
  `(${opening}(?![^>]*\\starget=)[^>]*?\\shref=(\\\\?")https?://[^"\\\\]*\\2)`,
  'g',
);

/** Also of a page what is not a link. */
export function relativeStyle(from: string, text: string, base: string, places: Places): string {
  const address = new RegExp(`(?<=[\\s"'(=;,])${escaped(base)}([^\\s"'()<>&,]*)`, 'g');
  return complete(
    from,
    text.replace(address, (_, path: string) => place(from, path, places)),
    base,
  );
}

/** A module: each address of the site is put together when it runs, from the module's own. */
export function relativeModule(from: string, code: string, base: string): string {
  const own = escaped(base);
  const strings = new RegExp(`(["'])${own}((?:(?!\\1)[^\\\\\\n])*)\\1`, 'g');
  const changed = code
    .replace(strings, (_, quote: string, rest: string) => `(retainedBase+${quote}${rest}${quote})`)
    .replace(new RegExp('`' + own, 'g'), '`${retainedBase}');
  if (changed === code) return complete(from, code, base);
  const top = posix.relative(posix.dirname(from), '') || '.';
  const first = `const retainedBase=new URL(${JSON.stringify(`${top}/`)},import.meta.url).href;\n`;
  return first + complete(from, changed, base);
}
