/** Memory of a page and of its workers. */
import type { CDPSession, Page } from 'playwright';

/** Bytes of JavaScript objects after a collection: of the page's thread, and of all its workers. */
export async function heapOf(page: Page): Promise<{ page: number; workers: number }> {
  const session = await page.context().newCDPSession(page);
  const asks: Promise<number>[] = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') asks.push(heapOfWorker(session, sessionId));
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const workers = await Promise.all(asks);
  await session.detach();
  return { page: usedSize, workers: workers.reduce((sum, bytes) => sum + bytes, 0) };
}

function heapOfWorker(session: CDPSession, sessionId: string): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  session.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result?: { usedSize: number } };
    if (from === sessionId && id === 2) resolve(result?.usedSize ?? NaN);
  });
  const send = (id: number, method: string) =>
    session.send('Target.sendMessageToTarget', {
      sessionId,
      message: JSON.stringify({ id, method }),
    });
  void send(1, 'HeapProfiler.collectGarbage').then(() => send(2, 'Runtime.getHeapUsage'));
  return promise;
}
