import type { BrokerState, BrokerStateJson } from '../../../sandbox/protocol/state.ts';

/** The broker's state as it came over the watch stream, with its payloads as bytes. */
export function brokerStateOf({ cloud, ...state }: BrokerStateJson): BrokerState {
  return { ...oneState(state), ...(cloud && { cloud: oneState(cloud) }) };
}

function oneState({
  clients,
  retained,
  ...rest
}: Omit<BrokerStateJson, 'cloud'>): Omit<BrokerState, 'cloud'> {
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
