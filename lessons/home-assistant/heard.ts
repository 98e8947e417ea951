/** What the played Home Assistant of the exercise heard in each of its two lives, and what it makes of it. */
import { visible } from '../../sandbox/checks/steps.ts';
import { delivered, over, packets, published, type Seen } from '../../sandbox/checks/view.ts';
import type { View } from '../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../sandbox/protocol/mqtt.ts';

export const LAMP = 'lamp';
export const HOME = 'home-assistant';
/** https://www.home-assistant.io/integrations/mqtt/#discovery-topic */
export const ANNOUNCEMENT = /^homeassistant\/(\w+)\/([\w-]+\/)?[\w-]+\/config$/;
/** Its short names, of the keys that are asked for here. */
export const LONG: Record<string, string> = {
  cmd_t: 'command_topic',
  stat_t: 'state_topic',
  avty_t: 'availability_topic',
  uniq_id: 'unique_id',
};
export const NEEDED = ['command_topic', 'state_topic', 'availability_topic', 'unique_id'] as const;

export const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
export const textOf = ({ packet }: Seen<PublishPacket>) => text(packet.payload);

export type Config = Record<string, string>;
/** A JSON object with its keys as Home Assistant reads them; undefined if it is none. */
export function configIn(json: string): Config | undefined {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined;
  const entries = Object.entries(read).map(([key, value]) => [LONG[key] ?? key, String(value)]);
  const config = Object.fromEntries(entries) as Config;
  const base = config['~'];
  if (base === undefined) return config;
  const topics = Object.entries(config).map(([key, value]) => [
    key,
    key.endsWith('_topic') ? value.replace(/^~|~$/, base) : value,
  ]);
  return Object.fromEntries(topics) as Config;
}

/** Where each life of Home Assistant begins in the trace. */
export const births = (view: View): number[] =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: HOME }).map(
    ({ entry }) => entry.n,
  );
/** What Home Assistant received in its first (0) or second (1) life. */
export function heard(view: View, life: number): Seen<PublishPacket>[] {
  const [from = Infinity, to = Infinity] = births(view).slice(life);
  return delivered(view, HOME).filter(({ entry }) => entry.n > from && entry.n < to);
}
/** Home Assistant has asked for announcements: what was published before and not kept never comes. */
export const hasAsked = (view: View, life: number): number => {
  const [from = Infinity] = births(view).slice(life);
  const answers = packets(view, { kind: 'SUBACK', direction: 'to-client', name: HOME });
  return answers.find(({ entry }) => entry.n > from)?.entry.n ?? Infinity;
};
export const isOver = (view: View) => over(view, HOME);

export const announcements = (all: readonly Seen<PublishPacket>[]) =>
  all.flatMap((seen) => {
    const found = ANNOUNCEMENT.exec(seen.packet.topic);
    return found && seen.packet.payload.length > 0
      ? [{ seen, component: found[1]!, config: configIn(textOf(seen)) }]
      : [];
  });
export const missingKey = (config: Config) => NEEDED.find((key) => !config[key]);
/** A lamp that takes commands and says its state on one topic hears itself. */
export const hearsItself = (config: Config): boolean =>
  config['command_topic'] === config['state_topic'];
export const isWhole = (config: Config | undefined): config is Config =>
  config !== undefined && missingKey(config) === undefined && !hearsItself(config);
/** The lamp's description as Home Assistant has it. */
export const configOf = (view: View, life: number): Config | undefined =>
  announcements(heard(view, life)).findLast(
    ({ component, config }) => component === 'light' && isWhole(config),
  )?.config;
export const known = (view: View) => configOf(view, 0) ?? configOf(view, 1);

export const wordFor = (config: Config, state: 'on' | 'off') =>
  state === 'on' ? (config['payload_on'] ?? 'ON') : (config['payload_off'] ?? 'OFF');
export const thereWord = (config: Config) => config['payload_available'] ?? 'online';
export const goneWord = (config: Config) => config['payload_not_available'] ?? 'offline';

export const wills = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: LAMP }).map(
    ({ packet }) => packet.will,
  );
/** Said on a topic of the description, while it was right to say it. */
export const said = (view: View, life: number, config: Config, key: string, word: string) =>
  heard(view, life).filter((seen) => seen.packet.topic === config[key] && textOf(seen) === word);
export const isThere = (view: View, life: number): boolean => {
  const config = configOf(view, life);
  return config !== undefined && said(view, life, config, 'availability_topic', thereWord(config)).length > 0; // prettier-ignore
};

/** Clicks on the card: commands of Home Assistant. */
export const clicks = (view: View) => {
  const topic = known(view)?.['command_topic'];
  return topic === undefined
    ? []
    : packets(view, { kind: 'PUBLISH', direction: 'to-broker', name: HOME, topic });
};
/** A click that was not followed by the state that it asks for. */
export const unanswered = (view: View, config: Config) =>
  clicks(view).find(({ packet, entry }) => {
    const want = text(packet.payload);
    const states = [0, 1].flatMap((life) => said(view, life, config, 'state_topic', want));
    return !states.some((seen) => seen.entry.n > entry.n);
  });
export const isSwitched = (view: View): boolean => {
  const config = known(view);
  return config !== undefined && clicks(view).length >= 3 && !unanswered(view, config);
};
export const lastState = (view: View, config: Config) =>
  published(view, LAMP, config['state_topic']).at(-1);
/** A topic on which the lamp said something before anybody listened, and the broker did not keep it. */
export const notKept = (view: View, life: number, topic: string | undefined) => {
  if (topic === undefined || heard(view, life).some(({ packet }) => packet.topic === topic)) return false; // prettier-ignore
  const asked = hasAsked(view, life);
  const early = published(view, LAMP, topic).some(
    ({ packet, entry }) => !packet.retain && entry.n < asked,
  );
  return asked < Infinity && early && { topic: visible(topic) };
};
/** The same topic, by one that no announcement needs. */
export const elsewhere = (view: View, want: string, is: (seen: Seen<PublishPacket>) => boolean) => {
  if (published(view, LAMP, want).length > 0) return false;
  const other = published(view, LAMP).find((seen) => is(seen) && !ANNOUNCEMENT.test(seen.packet.topic)); // prettier-ignore
  return other ? { topic: visible(other.packet.topic), want } : false;
};
export const isState = (word: string) => /^["{ ]*(state|"|:|\s)*(on|off)\b/i.test(word);
