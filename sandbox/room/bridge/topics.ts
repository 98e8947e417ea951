/** Topics of the two brokers of a bridge (`send__publish`, `bridge__remap_topic_in`). */
import type { BridgeTopic } from '../../mosquitto/conf/parse-state.ts';
import { matches } from '../../mqtt/topic-match.ts';

export type Way = 'out' | 'in';

export const goes = ({ direction }: BridgeTopic, way: Way): boolean =>
  direction === way || direction === 'both';

/** The first `topic` line with a prefix that matches decides. */
export function mapTopic(topics: readonly BridgeTopic[], way: Way, topic: string): string {
  for (const one of topics) {
    const { localPrefix, remotePrefix } = one;
    if (!goes(one, way) || (localPrefix === '' && remotePrefix === '')) continue;
    const [filter, from, to] =
      way === 'out'
        ? [one.local, localPrefix, remotePrefix]
        : [one.remote, remotePrefix, localPrefix];
    if (!matches(filter, topic)) continue;
    return `${to}${topic.startsWith(from) ? topic.slice(from.length) : topic}`;
  }
  return topic;
}
