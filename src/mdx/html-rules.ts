/** Rules for the HTML of a finished page. Pure, so that a table of cases can test it. */

/** Text outside of code, scripts and tags. */
function proseOf(html: string): string {
  return html
    .replace(/<(script|style|pre|code|template)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, '\u0001');
}

/**
 * One sentence for each error; empty if there is none.
 * @param allowed inline scripts whose hash the content security policy names
 */
export function problemsOf(html: string, allowed: readonly string[] = []): string[] {
  const problems: string[] = [];
  // CommonMark does not see emphasis in `**重要：**請`: it stays as it is written.
  for (const match of proseOf(html).matchAll(/.{0,20}\*\*.{0,20}/gu)) {
    const where = match[0].replaceAll('\u0001', '').trim();
    problems.push(`literal ** in “${where}”: write <strong>…</strong>`);
  }
  for (const match of html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script/gi)) {
    if (/type="application\/(ld\+)?json"/.test(match[1]!) || allowed.includes(match[2]!)) continue;
    problems.push('an inline script: the content security policy refuses it');
  }
  for (const match of html.matchAll(/<x-[a-z]+/g)) {
    problems.push(`${match[0]}> is left: a component stands outside of the one it belongs to`);
  }
  return problems;
}
