/** Registers the service worker. Browsers have one only if the origin is secure. */
import { base, file } from '../site/paths.ts';

const language = document.documentElement.dataset['language'];
// If the reader saves data, only opened pages are kept.
const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

async function keep(): Promise<void> {
  await navigator.serviceWorker.register(file('sw.js'), { scope: base, updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  if (language && !saving) active?.postMessage({ keep: language });
}

/** After everything that the reader waits for. */
function whenIdle(): void {
  const begin = () => void keep().catch(() => {});
  if ('requestIdleCallback' in globalThis) requestIdleCallback(begin);
  else setTimeout(begin);
}

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle, { once: true });
}
