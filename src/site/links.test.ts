import { expect, test } from 'vitest';
import { addressesOf } from './links.ts';

const site = new URL('https://mqtt.example/');

test('a lesson names itself, itself in every language, and English for everybody else', () => {
  expect(addressesOf(site, 'zh-tw', 'retained')).toEqual([
    { rel: 'canonical', href: 'https://mqtt.example/zh-tw/retained/' },
    { rel: 'alternate', hreflang: 'en', href: 'https://mqtt.example/en/retained/' },
    { rel: 'alternate', hreflang: 'zh-Hant-TW', href: 'https://mqtt.example/zh-tw/retained/' },
    { rel: 'alternate', hreflang: 'x-default', href: 'https://mqtt.example/en/retained/' },
  ]);
});

test('the home pages name the address that chooses a language', () => {
  const [canonical, , , other] = addressesOf(site, 'en');
  expect(canonical?.href).toBe('https://mqtt.example/en/');
  expect(other).toEqual({
    rel: 'alternate',
    hreflang: 'x-default',
    href: 'https://mqtt.example/',
  });
});
