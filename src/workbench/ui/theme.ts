export type Theme = 'light' | 'dark';

/** The page's switch if it was used, else the system's theme. */
export function themeNow(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Returns how to unsubscribe. */
export function onTheme(changed: (theme: Theme) => void): () => void {
  const notify = () => changed(themeNow());
  const system = matchMedia('(prefers-color-scheme: dark)');
  const page = new MutationObserver(notify);
  system.addEventListener('change', notify);
  page.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', notify);
    page.disconnect();
  };
}
