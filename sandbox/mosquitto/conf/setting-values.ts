/** Reads a setting, or its default. */
import type { Settings } from './parse-state.ts';

export const text = (settings: Settings, key: string): string | undefined => {
  const value = settings.get(key);
  return typeof value === 'string' ? value : undefined;
};
export const flag = (settings: Settings, key: string, standard: boolean): boolean => {
  const value = settings.get(key);
  return typeof value === 'boolean' ? value : standard;
};
export const number = (settings: Settings, key: string, standard: number): number => {
  const value = settings.get(key);
  return typeof value === 'number' ? value : standard;
};
