import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { headersFor } from '../../../sandbox/server/security-headers.ts';

test('the policy of a page lets the one inline script run', () => {
  const script = readFileSync(new URL('./head-script.js', import.meta.url));
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = headersFor('/en/')['Content-Security-Policy'];
  // Changed `head-script.js`? Then its hash belongs into sandbox/server/security-headers.ts.
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}'`);
});
