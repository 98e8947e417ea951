/** Keep a choice of the reader on this device; null forgets it. Storage may be blocked: then nothing is kept. */
export function keep(
  name: 'theme' | 'language' | 'workbench-width' | 'keys',
  value: string | null,
): void {
  try {
    if (value === null) localStorage.removeItem(`retained:${name}`);
    else localStorage.setItem(`retained:${name}`, value);
  } catch {
    // The choice lasts as long as the page.
  }
}

/** The kept choice, or null. */
export function kept(name: 'keys'): string | null {
  try {
    return localStorage.getItem(`retained:${name}`);
  } catch {
    return null;
  }
}
