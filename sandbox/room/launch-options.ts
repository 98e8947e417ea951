/** What a room's broker asks of its engine. */
import type { BrokerOptions } from '../engine/broker.ts';
import { engineFacts, engineOptions } from '../mosquitto/engine-options.ts';
import { factsOf } from '../mosquitto/conf/changes.ts';
import type { ConfiguredBroker } from '../mosquitto/files.ts';
import type { MosquittoVersion } from '../protocol/mosquitto.ts';
import { defaults, type LimitValues } from '../shared/config.ts';
import type { AcceptedOn } from '../shared/accepted-on.ts';

export type RoomRules = Pick<
  BrokerOptions,
  | 'maxKeepAlive'
  | 'nameOf'
  | 'authenticate'
  | 'authorizePublish'
  | 'authorizeSubscribe'
  | 'authorizeDeliver'
>;

/** `whoOf`: as whom a line was accepted. */
export type GivenRules = RoomRules | ((whoOf: (line: number) => string | undefined) => RoomRules);

interface LaunchingRoom {
  readonly limits: LimitValues;
  acceptedOn(line: number): AcceptedOn | undefined;
  whoOf(line: number): string | undefined;
}

/** @param given rules of a room without files */
export function launchOptions(
  room: LaunchingRoom,
  given: GivenRules | undefined,
  configured: ConfiguredBroker | null,
  version: MosquittoVersion,
): BrokerOptions {
  const rules = typeof given === 'function' ? given((line) => room.whoOf(line)) : given;
  return {
    ...engineFacts(factsOf(version)),
    ...(configured ? engineOptions(configured, (line) => room.acceptedOn(line)) : rules),
    limits: room.limits,
    sys: { version: `mosquitto version ${version}`, intervalMs: defaults.sysIntervalMs },
  };
}
