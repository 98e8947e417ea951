/**
 * Maps Mosquitto's files to the options of an engine. The engine knows a client by its identifier;
 * this module remembers the listener that accepted it and the certificate it showed.
 */
import type { AcceptedOn } from '../shared/accepted-on.ts';
import type { Admission, ConfiguredBroker, ClientIdentity, ConnectingClient } from './files.ts';
import type { BrokerOptions } from '../engine/broker.ts';
import type { Facts } from './conf/changes.ts';

/**
 * Clients whose listener is remembered: a session that outlives its line keeps the rules of its
 * listener.
 */
const mostClients = 2_000;

/**
 * `acceptedOn` returns the listener of a line that was passed to `handle`, while the line is open.
 */
export function engineOptions(
  start: ConfiguredBroker,
  acceptedOn: (line: number) => AcceptedOn | undefined,
): BrokerOptions {
  const known = new Map<string, ClientIdentity>();
  const who = (client: { clientId: string; userName?: string | undefined }): ClientIdentity =>
    known.get(client.clientId) ?? plain(client);

  return {
    authenticate({ clientId, userName, password, version, keepAlive, line }) {
      const accepted = acceptedOn(line);
      const { port, certificate, clientId: given } = accepted ?? {};
      if (start.needsClientId(port) && given === '') return 2;
      const connecting: ConnectingClient = {
        // As in CONNECT: `clientid_prefixes` asks for that one.
        ...plain({ clientId: given || clientId, userName }),
        ...{ version, keepAlive },
        ...(port === undefined ? {} : { port }),
        ...(certificate === undefined ? {} : { certificate }),
        ...(password === undefined ? {} : { password }),
        gone: () => accepted !== undefined && acceptedOn(line) === undefined,
      };
      const remember = (code: Admission): Admission => {
        if (code !== 0) return code;
        known.delete(clientId);
        const [oldest] = known.keys();
        if (known.size >= mostClients && oldest !== undefined) known.delete(oldest);
        known.set(clientId, start.named(connecting));
        return code;
      };
      const code = start.authenticate(connecting);
      return typeof code === 'number' ? remember(code) : code.then(remember);
    },
    nameOf({ clientId, userName, line }) {
      const { port, certificate } = acceptedOn(line) ?? {};
      return start.named({
        ...plain({ clientId, userName }),
        ...(port !== undefined && { port }),
        ...(certificate && { certificate }),
      });
    },
    authorizePublish: (client, topic) => start.authorizePublish(who(client), topic),
    authorizeDeliver: (client, topic) => start.authorizeDeliver(who(client), topic),
    maxQoSOf: (line) => start.maxQoSOf(acceptedOn(line)?.port),
    messageSizeLimit: start.messageSizeLimit,
    retainAvailable: start.retainAvailable,
    maxSessionExpiry: start.maxSessionExpiry,
    maxInflight: start.maxInflight,
    maxQueued: start.maxQueued,
    receiveMaximum: start.maxInflight || 65_535,
    maxKeepAlive: start.maxKeepAlive,
    maxPacketSize: start.maxPacketSize,
    connectionMessages: start.connectionMessages,
    ...engineFacts(start.facts),
  };
}

/** What an engine does as its version of Mosquitto does, with or without files. */
export const engineFacts = ({ tellsTakeOver, logWords }: Facts): Partial<BrokerOptions> => ({
  tellsTakeOver,
  ...(logWords && { logWords }),
});

function plain({
  clientId,
  userName,
}: {
  clientId: string;
  userName?: string | undefined;
}): ClientIdentity {
  return { clientId, ...(userName === undefined ? {} : { userName }) };
}
