/** Puts a prefix before every id in trusted HTML, and before each reference to it. */
export function prefixIds(html: string, prefix: string): string {
  const each = (ids: string) => ids.replace(/\S+/g, (id) => prefix + id);
  return html.replace(
    /(<[a-z][^\s>]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)/gi,
    (_, open: string, attributes: string) =>
      open +
      attributes
        .replace(
          /(\s(?:id|for|aria-labelledby|aria-describedby|aria-controls)=")([^"]*)(")/g,
          (__, before: string, ids: string, after: string) => before + each(ids) + after,
        )
        .replace(/(\shref="#)([^"]+")/g, `$1${prefix}$2`)
        // Radio buttons of one name are one group.
        .replace(/(\sname=")(?=[^"])/g, open === '<input' ? `$1${prefix}` : '$1'),
  );
}
