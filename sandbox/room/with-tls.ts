/** Lets a program of the page shake hands with a listener. */
import type { LineInfo } from '../line/line-info.ts';

/** The same, with how its TLS handshake is played: loaded only if a client brings a hello. */
export async function withTls(info: LineInfo): Promise<LineInfo> {
  const hello = info.target?.tls;
  if (!hello) return info;
  const { shakeHands } = await import('../mosquitto/tls/handshake.ts');
  return { ...info, transport: 'tls', handshake: (listener) => shakeHands(hello, listener) };
}
