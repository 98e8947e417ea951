/**
 * One message, several subscriptions of one client that match: the values of the single PUBLISH.
 */
import type { QoS } from '../../protocol/mqtt.ts';
import type { Subscription } from './session.ts';

export interface Combined {
  qos: QoS;
  retainAsPublished: boolean;
  identifiers: number[];
}

/**
 * `subscriptions` holds at least one. The highest QoS counts (3.1.1 [MQTT-3.3.5-1],
 * 5.0 [MQTT-3.3.4-2]), and the PUBLISH carries every identifier ([MQTT-3.3.4-4]).
 */
export function combine(subscriptions: readonly Subscription[]): Combined {
  let qos: QoS = 0;
  let retainAsPublished = false;
  const identifiers: number[] = [];
  for (const subscription of subscriptions) {
    if (subscription.qos > qos) qos = subscription.qos;
    if (subscription.retainAsPublished) retainAsPublished = true;
    if (subscription.identifier !== undefined) identifiers.push(subscription.identifier);
  }
  return { qos, retainAsPublished, identifiers };
}
