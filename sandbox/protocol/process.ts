/** The broker's process on its machine, and what it keeps on the disk there. */
import * as v from 'valibot';

/**
 * stop: SIGTERM, as `systemctl stop` sends it; kill: SIGKILL; cut-power: of the whole machine; start: as
 * `systemctl start`, and the power is back; restart: stop, then start; save: SIGUSR1.
 */
export const brokerDeeds = ['stop', 'kill', 'cut-power', 'start', 'restart', 'save'] as const;
export type BrokerDeed = (typeof brokerDeeds)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** What a broker holds, or its file, in numbers. */
export const held = v.object({
  retained: count,
  sessions: count,
  subscriptions: count,
  /** Messages that wait for their client. */
  queued: count,
  /** Sent to their client and not acknowledged to the end. */
  inflight: count,
});
export type Held = v.InferOutput<typeof held>;
export const heldKinds = Object.keys(held.entries) as (keyof Held)[];
export const isNothing = (one: Held): boolean => heldKinds.every((kind) => one[kind] === 0);

/** off: the machine has no power; failed: it did not start, or systemd has given up. */
export const processStates = ['running', 'stopped', 'killed', 'off', 'failed'] as const;
export const brokerProcess = v.object({
  state: v.picklist(processStates),
  /** Of the process, while it runs. */
  pid: v.optional(count),
  /** Where it saves, if its conf has persistence, and what the file there holds. */
  file: v.optional(v.object({ path: v.string(), held: v.optional(held) })),
});
export type BrokerProcess = v.InferOutput<typeof brokerProcess>;
