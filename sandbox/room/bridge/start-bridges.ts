/** Starts the bridges of a broker. A room loads this only if a conf has one: most have none. */
import type { Broker } from '../../engine/broker.ts';
import { bridgeConf, bridgeLost, type BridgeConf } from '../../mosquitto/conf/bridge-conf.ts';
import { inVersion } from '../../mosquitto/conf/since.ts';
import { isNumericHost } from '../../mosquitto/conf/hosts.ts';
import type { ConfiguredBroker } from '../../mosquitto/files.ts';
import type { LogLine } from '../../mosquitto/conf/problem.ts';
import type { BrokerName } from '../../protocol/exercise.ts';
import { Bridge } from './bridge.ts';
import type { RoomOfBridges, RunningBridges } from './room-of-bridges.ts';
import { bridgesOf } from './bridges-room.ts';

export interface BridgesBroker {
  readonly name: BrokerName;
  readonly engine: Pick<Required<Broker>, 'innerClient'>;
  readonly configured: ConfiguredBroker;
  log(line: LogLine): void;
}

/** Of a conf, and of a bridge: each topic is a subscription. */
const most = { bridges: 4, topics: 50 };
const tooMuch: LogLine = {
  level: 'error',
  text: `Error: This sandbox takes at most ${most.bridges} bridges of ${most.topics} topics each.`,
};
/** Names that are looked up as the conf is read. */
const unresolved: LogLine = {
  level: 'warning',
  text: 'Warning: Error resolving bridge address: Name or service not known.',
};

export async function startBridges(
  { name, engine, configured, log }: BridgesBroker,
  place: RoomOfBridges,
): Promise<RunningBridges> {
  const room = bridgesOf(place);
  const { crossings } = room;
  const bridges: Bridge[] = [];
  const drafts = configured.bridges.map((draft) => bridgeConf(draft, name));
  const isFirst = ({ localClientId }: BridgeConf, at: number) =>
    drafts.findIndex((other) => other.localClientId === localClientId) === at;
  const confs = drafts.filter(isFirst).slice(0, most.bridges);
  const isTooMuch =
    drafts.length > most.bridges || drafts.some(({ topics }) => topics.length > most.topics);
  for (const conf of confs) {
    conf.topics = conf.topics.slice(0, most.topics);
    const { localClientId: clientId, localClean: clean, version, keepAlive } = conf;
    const inner = await engine.innerClient({ clientId, clean, version, keepAlive });
    crossings.bridge(name, clientId);
    let to = name;
    const bridge = new Bridge(conf, {
      inner,
      receiveMaximum: configured.maxInflight || 65_535,
      log: (level, text) => log({ level, text }),
      lostWords: inVersion(bridgeLost, configured.facts.version),
      dial(address) {
        to = room.brokerOf(name, address.host) ?? name;
        crossings.bridge(to, conf.remoteClientId);
        return room.dial(name, address);
      },
      passes: (way, message, topic) =>
        (way === 'out'
          ? crossings.pass(name, to, message, topic)
          : crossings.pass(to, name, message, topic)) <= room.most,
      looped: (socket) => room.looped(socket),
    });
    bridges.push(bridge);
  }
  const hosts = confs.flatMap(({ addresses }) => addresses.map(({ host }) => host));
  const lost = hosts.filter((host) => !isNumericHost(host) && !room.brokerOf(name, host));
  return {
    warnings: [...(isTooMuch ? [tooMuch] : []), ...lost.map(() => unresolved)],
    connect() {
      bridges.forEach((bridge, at) => {
        if (bridge.connect()) return;
        const text = `Warning: Unable to connect to bridge ${confs[at]!.name}.`;
        log({ level: 'warning', text });
      });
    },
    end(silent) {
      for (const bridge of bridges) bridge.end(silent);
    },
  };
}
