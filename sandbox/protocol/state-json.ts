/** A broker's state for JSON: bytes in base64. */
import type { BrokerState, BrokerStateJson } from './state.ts';

const base64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
};

export const stateJson = (state: BrokerState): BrokerStateJson => ({
  ...state,
  clients: state.clients.map(({ will, ...client }) => ({
    ...client,
    ...(will && { will: { ...will, payload: base64(will.payload) } }),
  })),
  retained: state.retained.map((message) => ({ ...message, payload: base64(message.payload) })),
});
