/** The bars of a `<Chart>`: what a way of sending readings costs. */
import { isForPublishing, priceOf, type Usage } from '../../../sandbox/checks/price.ts';
import { bytesOf, type Capture } from '../captures/capture.ts';

/** @throws naming the clients that are there */
export function usageOf({ packets }: Capture, client: string): Usage {
  const own = packets.filter((packet) => packet.client === client);
  if (own.length === 0) {
    const known = [...new Set(packets.map((packet) => packet.client))].join(', ');
    throw new Error(`<Chart>: no client "${client}" in this capture; it has ${known}`);
  }
  return {
    bytes: own
      .filter((packet) => isForPublishing(bytesOf(packet), packet.direction))
      .reduce((sum, { bytes }) => sum + bytes.length / 2, 0),
    connections: new Set(own.map(({ line }) => line)).size,
  };
}

export interface Bar extends Usage {
  all: number;
  /** Per cent of the longest: what was measured, and TCP's packets. */
  sent: number;
  tcp: number;
}
export function barsOf(usages: readonly Usage[]): Bar[] {
  const most = Math.max(...usages.map(priceOf));
  return usages.map((usage) => {
    const all = priceOf(usage);
    const share = (bytes: number) => (100 * bytes) / most;
    return { ...usage, all, sent: share(usage.bytes), tcp: share(all - usage.bytes) };
  });
}
