import { expect, test } from 'vitest';
import { headersFor } from './security-headers.ts';

const policy = (path: string, host?: string) => headersFor(path, host)['Content-Security-Policy'];
const frame = '/vendor/device-0123456789/frame.html';

test('pages load nothing from another host', () => {
  // Scripts: its own files, and one that stands in the page, by its hash (src/components/layout/head-script.test.ts).
  expect(policy('/en/')).toMatch(
    /default-src 'none'; script-src 'self' 'sha256-[A-Za-z0-9+/]{43}=';/,
  );
  expect(policy('/en/')).toContain("connect-src 'self'");
});

test('the frame of programs reaches nothing but its own scripts', () => {
  expect(policy(frame, 'teacher.local:4321')).toBe(
    "sandbox allow-scripts; default-src 'none'; script-src http://teacher.local:4321/vendor/ " +
      "https://teacher.local:4321/vendor/ data:; worker-src data:; connect-src 'none'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors *",
  );
  expect(policy(frame, '[::1]:4321')).toContain('http://[::1]:4321/vendor/');
});

test('a Host header that is more than a host loosens nothing', () => {
  for (const host of ['*', 'a; script-src *', "a 'unsafe-inline'", '', 'a/b', 'a:b'])
    expect(policy(frame, host)).toBe(policy('/en/'));
});

test('nothing of the course stands in a page of somebody else but single exercises', () => {
  for (const path of ['/en/', '/404.html', '/sw.js', '/en/embed/', '/embed/', '/embedded/x/'])
    expect(policy(path)).toContain("frame-ancestors 'none'");
  expect(policy('/en/class-show/')).toContain("frame-ancestors 'self'");
  expect(policy('/embed/first-message/publish/')).toContain('frame-ancestors *');
});

test('only files that are named after their content are kept for good', () => {
  expect(headersFor('/assets/page.B1x2.js')['Cache-Control']).toContain('immutable');
  expect(headersFor('/vendor/editor-8f73851dc9/editor.js')['Cache-Control']).toContain('immutable');
  expect(headersFor('/vendor/manifest.json')['Cache-Control']).toBe('no-cache');
  expect(headersFor('/en/first-message/')['Cache-Control']).toBe('no-cache');
});

test('a policy goes with whatever can run: documents, workers, SVG; not with what is only loaded', () => {
  for (const path of [
    '/en/',
    '/404.html',
    '/sw.js',
    '/vendor/typescript-9020ce7862/worker.js',
    '/x.svg',
  ])
    expect(policy(path)).toContain("default-src 'none'");
  for (const path of ['/assets/page.B1x2.js', '/assets/course.css', '/en/search.json'])
    expect(policy(path)).toBeUndefined();
});
