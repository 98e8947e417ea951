/**
 * The programs' frame with its script inside: its origin is opaque, so a browser sends no cookies for what it
 * loads, and a host that knows its readers by cookies (a learning platform, Home Assistant) would refuse.
 */
import { createHash } from 'node:crypto';

const tag = '<script src="frame.js"></script>';

/**
 * @param html `frame.html`
 * @param script `frame.js`, which stands beside it
 * @returns the page, and the script's source for a content security policy
 */
export function wholeFrame(html: string, script: string): { html: string; source: string } {
  if (!html.includes(tag)) throw new Error('the frame does not load frame.js');
  const text = script.replaceAll('</script', String.raw`<\/script`);
  const hash = createHash('sha256').update(text).digest('base64');
  return {
    html: html.replace(tag, () => `<script>${text}</script>`),
    source: `'sha256-${hash}'`,
  };
}
