/** The broker's state, as the page and the checks see it. */
import type { BrokerState, ClientState } from '../../protocol/state.ts';
import type { RetainedStore } from './retained-store.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './session-store.ts';

export function brokerState(sessions: SessionStore, retained: RetainedStore): BrokerState {
  return {
    clients: [...sessions.byId.values()].map(clientState),
    retained: [...retained.all()].map(({ topic, payload, qos }) => ({ topic, payload, qos })),
  };
}

function clientState(session: Session): ClientState {
  const { connectInfo, outgoing } = session;
  const state: ClientState = {
    clientId: session.clientId,
    connected: session.connected,
    version: connectInfo.version,
    clean: connectInfo.clean,
    keepAlive: connectInfo.keepAlive,
    subscriptions: [...session.subscriptions.values()].map(({ filter, qos }) => ({ filter, qos })),
    queued: outgoing.waiting,
    inflight: [],
  };
  if (connectInfo.userName !== undefined) state.userName = connectInfo.userName;
  if (connectInfo.will && session.connected) {
    const { topic, payload, qos, retain } = connectInfo.will;
    state.will = { topic, payload, qos, retain };
  }
  for (const [packetId, { delivery, waitsFor }] of outgoing.inflight) {
    state.inflight.push({ packetId, direction: 'to-client', qos: delivery.qos, waitsFor });
  }
  for (const packetId of session.incoming) {
    state.inflight.push({ packetId, direction: 'to-broker', qos: 2, waitsFor: 'PUBREL' });
  }
  return state;
}
