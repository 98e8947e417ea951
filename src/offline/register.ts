/** Asks for the course to be kept, where the origin is secure: elsewhere there are no such workers. */
import { base, file } from '../site/paths.ts';

const language = document.documentElement.dataset['language'];
// Somebody who saves data keeps the pages that they open, and no more.
const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

async function keep(): Promise<void> {
  await navigator.serviceWorker.register(file('sw.js'), { scope: base, updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  if (language && !saving) active?.postMessage({ keep: language });
}

/** After all that the reader waits for. */
function whenIdle(): void {
  const begin = () => void keep().catch(() => {});
  if ('requestIdleCallback' in globalThis) requestIdleCallback(begin);
  else setTimeout(begin);
}

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle, { once: true });
}
