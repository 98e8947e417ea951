/** Asks the server that has a data folder open (`sandbox/server/operations/control.ts`). */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { controlPath } from '../../../sandbox/server/operations/control.ts';

/** A copy of a large database takes this long at most. */
const patienceMs = 60_000;

/**
 * The answer as JSON; null if no server has the folder open.
 * @throws Error with what the server says
 */
export async function askServer(
  data: string,
  method: 'GET' | 'POST',
  path: string,
): Promise<Record<string, unknown> | null> {
  const socketPath = controlPath(data);
  const key = keyOf(data);
  if (socketPath === null || key === null) return null;
  const headers = { authorization: `Bearer ${key}` };
  return new Promise((resolve, reject) => {
    const sent = request(
      { socketPath, path, method, headers, timeout: patienceMs, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = JSON.parse(text) as Record<string, unknown>;
          if (response.statusCode === 200) resolve(body);
          else reject(new Error(`The server says: ${String(body['message'])}`));
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('The server did not respond in a minute.')));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // Nobody listens: no server, or one that was killed.
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        reject(new Error('The server ended meanwhile. Try again.', { cause: error }));
      else reject(error);
    });
    sent.end();
  });
}

function keyOf(data: string): string | null {
  try {
    return readFileSync(join(data, 'teacher-secret'), 'utf8').trim();
  } catch {
    return null;
  }
}
