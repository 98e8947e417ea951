/** A broker's state for JSON: bytes in base64. */
import type { BrokerState, BrokerStateJson } from './state.ts';

/** Bytes that are encoded at once: a multiple of three, and few enough to be arguments of a call. */
const part = 6144;

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += part)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + part)));
  return text;
};

export const stateJson = (state: BrokerState): BrokerStateJson => ({
  ...state,
  clients: state.clients.map(({ will, ...client }) => ({
    ...client,
    ...(will && { will: { ...will, payload: base64(will.payload) } }),
  })),
  retained: state.retained.map((message) => ({ ...message, payload: base64(message.payload) })),
});
