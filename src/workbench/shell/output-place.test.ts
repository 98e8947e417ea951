import { expect, test } from 'vitest';
import { outputPlace } from './output-place.ts';

test.each([
  ['1366 × 768', 683, 712, true, 'tab'],
  ['1280 × 720', 640, 664, true, 'tab'],
  ['1440 × 900', 720, 844, true, 'above'],
  ['1920 × 1080', 960, 1024, true, 'left'],
  ['1920 × 720, a wide column', 1200, 664, true, 'left'],
  ['a phone', 390, 5_000, false, 'tab'],
] as const)('%s, %i × %i: column %s, %s', (_name, width, height, isColumn, place) => {
  expect(outputPlace(width, height, isColumn)).toBe(place);
});
