/** A broker's state for JSON: bytes in base64. */
import type { BrokerState, BrokerStateJson } from './state.ts';

const letters = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
);
const padding = 0x3d;
const ascii = new TextDecoder();

/** RFC 4648, section 4. By hand: a page has no Buffer, and `btoa` needs a string of the bytes first. */
export function base64(bytes: Uint8Array): string {
  const { length } = bytes;
  const text = new Uint8Array(Math.ceil(length / 3) * 4);
  let to = 0;
  for (let at = 0; at < length; at += 3) {
    const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text[to++] = letters[three >> 18]!;
    text[to++] = letters[(three >> 12) & 63]!;
    text[to++] = letters[(three >> 6) & 63]!;
    text[to++] = letters[three & 63]!;
  }
  const missing = (3 - (length % 3)) % 3;
  if (missing > 0) text.fill(padding, to - missing);
  return ascii.decode(text);
}

export const stateJson = ({ cloud, ...state }: BrokerState): BrokerStateJson => ({
  ...oneState(state),
  ...(cloud && { cloud: oneState(cloud) }),
});

const oneState = (state: Omit<BrokerState, 'cloud'>): Omit<BrokerStateJson, 'cloud'> => ({
  ...state,
  clients: state.clients.map(({ will, ...client }) => ({
    ...client,
    ...(will && { will: { ...will, payload: base64(will.payload) } }),
  })),
  retained: state.retained.map((message) => ({ ...message, payload: base64(message.payload) })),
});
