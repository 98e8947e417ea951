/** The log's lines on connections, as Mosquitto 2.0 writes them (src/loop.c, src/handle_connect.c). */
import type { LogWords } from '../broker.ts';

export const usualLogWords: LogWords = {
  connected({ clientId, line, version, clean, keepAlive, userName, bridge }) {
    const user = userName === undefined ? '' : `, u'${userName}'`;
    const protocol = version === 5 ? 5 : version - 2;
    return (
      `New ${bridge ? 'bridge' : 'client'} connected from line ${line} as ${clientId} ` +
      `(p${protocol}, c${clean ? 1 : 0}, k${keepAlive}${user}).`
    );
  },
  ended(how, clientId) {
    const texts = {
      refused: `Client ${clientId} disconnected, not authorised.`,
      timeout: `Client ${clientId} has exceeded timeout, disconnecting.`,
      disconnected: `Client ${clientId} disconnected.`,
      lost: `Client ${clientId} closed its connection.`,
      'taken over': `Client ${clientId} already connected, closing old connection.`,
    };
    return { level: how === 'taken over' ? 'error' : 'notice', text: texts[how] };
  },
};
