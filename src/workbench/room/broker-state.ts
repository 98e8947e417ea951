import type { BrokerState, BrokerStateJson } from '../../../sandbox/protocol/state.ts';

/** The broker's state as it came over the watch stream, with its payloads as bytes. */
export function brokerStateOf({ clients, retained, ...rest }: BrokerStateJson): BrokerState {
  return {
    ...rest,
    clients: clients.map(({ will, ...client }) => ({
      ...client,
      ...(will && { will: { ...will, payload: bytesOf(will.payload) } }),
    })),
    retained: retained.map((message) => ({ ...message, payload: bytesOf(message.payload) })),
  };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
