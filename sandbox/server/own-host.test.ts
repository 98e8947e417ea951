import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { ownHosts } from './own-host.ts';

const own = ownHosts(['Course.example.org']);

test.each([
  ...['localhost:4321', '127.0.0.1:4321', '192.168.1.7', '[::1]:4321', '[2001:db8::1]'],
  ...[`${hostname()}:4321`, 'pi.local:4321', 'teacher.lan', 'laptop.home.arpa', 'LAPTOP'],
  ...['course.example.org', 'COURSE.example.org:443', 'course.example.org.'],
])('%s is served', (host) => expect(own(host)).toBe(true));

test.each([
  ...[undefined, '', 'evil.example', 'evil.example:4321', 'localhost.evil.example'],
  ...['x.course.example.org', '127.0.0.1.evil.example', 'a b', 'evil.example/.local', '//'],
  ...['evil.example#.local', 'evil.example?x.local', 'x@evil.example'],
])('%s is not', (host) => expect(own(host)).toBe(false));
