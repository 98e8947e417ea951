/** Host names beside `localhost` that lead a program to a broker. */
import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import { hostsOf } from '../../../sandbox/protocol/hosts.ts';
import type { Machines } from '../../../sandbox/protocol/machines.ts';
import { sharedHost } from '../../../sandbox/protocol/shared-room.ts';

/** As `src/classroom/membership.ts` writes it: this device is a member of a class. */
const memberKey = 'retained:member';
export const isMember = (store: Pick<Storage, 'getItem'>): boolean =>
  store.getItem(memberKey) !== null;

/** Those of the room, and `class` for members of a class: its shared room. */
export const otherHosts = (
  { machines, isMember }: { machines: Machines | undefined; isMember: boolean },
  program: string,
  files: BrokerFiles | undefined,
): string[] => [...hostsOf(machines, program, files), ...(isMember ? [sharedHost] : [])];
