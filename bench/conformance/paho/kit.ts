/** The fixtures of a case of Paho's suites: two client identifiers, five topics, seven filters. */
import { openStream } from '../../../sandbox/testing/open-stream.ts';
import { Client, type Properties, type Target } from './client.ts';

export type Cases = Record<string, (target: Target) => Promise<void>>;
type Five = readonly [string, string, string, string, string];
type Seven = readonly [string, string, string, string, string, string, string];

export interface CaseKit {
  topics: Five;
  wild: Seven;
  /** `myclientid` and `myclientid2` there; clean, without a keep alive. */
  a(options?: object): Promise<Client>;
  b(options?: object): Promise<Client>;
  /** A session that outlives its connection: by Session Expiry Interval, or as 3.1.1 does. */
  kept: { clean: false; properties?: Properties };
  /** `{ properties }` in 5.0, nothing in 3.1.1. */
  properties(given: Properties): { properties?: Properties };
  /** A connection whose CONNECT is written by hand. */
  hand(bytes: Uint8Array): Promise<Client>;
}

/** `name` keeps cases apart, which run at the same time. */
export function caseKit(target: Target, name: string): CaseKit {
  const prefix = `paho-${name}-${target.version}`;
  const under = <T>(names: string[]): T => names.map((each) => `${prefix}/${each}`) as T;
  const properties = (given: Properties): { properties?: Properties } =>
    target.version === 5 ? { properties: given } : {};
  return {
    topics: under<Five>(['TopicA', 'TopicA/B', 'Topic/C', 'TopicA/C', '/TopicA']),
    wild: under<Seven>(['TopicA/+', '+/C', '#', '/#', '/+', '+/+', 'TopicA/#']),
    a: (options) => Client.open(target, `${prefix}-1`, options),
    b: (options) => Client.open(target, `${prefix}-2`, options),
    kept: { clean: false, ...properties({ sessionExpiryInterval: 99_999 }) },
    properties,
    async hand(bytes) {
      return new Client(await openStream(target), target.version).write(bytes);
    },
  };
}

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
