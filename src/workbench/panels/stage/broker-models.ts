import type { BrokerHeld } from '../../stage/broker-held.ts';
import type { StageClients } from '../../stage/clients.ts';
import type { Will } from '../../stage/wills.ts';
import type { BrokerModel } from './broker-view.ts';

/** What each broker of a room held, as it was told last. */
export interface Held {
  house: BrokerHeld | undefined;
  cloud: BrokerHeld | undefined;
}

/** A will is the broker's to which its client is connected. That of a bridge only says that it is gone. */
export function brokerModels(
  { cloud: there, right }: StageClients,
  held: Held,
  all: readonly Will[],
  common: Pick<BrokerModel, 'isUnavailable' | 'nameOf' | 'leftOut'>,
): { house: BrokerModel; cloud: BrokerModel | undefined } {
  if (!there) return { house: { ...common, held: held.house, wills: all }, cloud: undefined };
  const bridge = right.shown.find(({ isBroker }) => isBroker)?.column?.key;
  const wills = all.filter(({ client }) => client !== bridge);
  const isThere = ({ client }: Will) => there.shown.some(({ column }) => column?.key === client);
  const model = (machine: 'house' | 'cloud'): BrokerModel => ({
    ...{ ...common, machine, held: held[machine] },
    wills: wills.filter((will) => isThere(will) === (machine === 'cloud')),
  });
  return { house: model('house'), cloud: model('cloud') };
}
