import type { ClientRole } from '../trace/clients.ts';
import { type Column, columnName, type Columns } from '../trace/columns.ts';
import { type Some, some } from './broker-held.ts';
import { Cable } from './cable.ts';
import type { Cast, Member } from './cast.ts';

export interface StageClient {
  /** Unique, and the same from before its first connection to the end of a run. */
  key: string;
  /** '' for an outside client without a client id. */
  name: string;
  clientId: string | undefined;
  role: ClientRole;
  /** What a request to the room calls it; undefined if nothing can be asked of it. */
  target: string | undefined;
  /** The program of the exercise that it is. */
  program: string | undefined;
  /** A client of the exercise's scene. */
  isActor: boolean;
  /** The room's second broker; its cable is the bridge. */
  isBroker: boolean;
  column: Column | undefined;
  cable: Cable;
}
export interface StageClients {
  left: Some<StageClient>;
  right: Some<StageClient>;
  /** Those of the second broker; undefined in a room that has none. */
  cloud: Some<StageClient> | undefined;
}
/** Shown on one side. */
const mostClients = 8;
const idle = new Cable();

/** Everybody on the stage: the cast first, in its order, then whoever else has come. */
export function clientsOf(
  columns: Columns,
  cast: Cast,
  cableOf: (column: Column) => Cable,
): StageClients {
  const all: { client: StageClient; side: 'left' | 'right' | 'cloud' }[] = [];
  for (const member of cast) {
    const known = columns.all.filter((column) => isOf(column, member));
    if (known.length === 0) all.push({ client: waiting(member), side: member.side });
    known.forEach((column, at) => {
      const key = at === 0 ? member.name : column.key;
      const side = column.on ?? (column.role === 'client' ? member.side : column.side);
      all.push({ client: clientOf(column, key, member), side });
    });
  }
  const strangers = columns.all.filter((column) => !cast.some((each) => isOf(column, each)));
  for (const column of strangers) {
    all.push({ client: clientOf(column, column.key), side: column.on ?? column.side });
  }
  const on = (which: 'left' | 'right' | 'cloud') =>
    some(all.filter(({ side }) => side === which).map(({ client }) => client), mostClients); // prettier-ignore
  const hasCloud = columns.cloud !== undefined || cast.some(({ isBroker }) => isBroker);
  return { left: on('left'), right: on('right'), cloud: hasCloud ? on('cloud') : undefined };

  function clientOf(column: Column, key: string, member?: Member): StageClient {
    const { clientId, role } = column;
    const isTwin = columns.all.some((each) => each !== column && each.name === column.name);
    return {
      ...{ key, clientId, role, column, cable: cableOf(column) },
      name: columnName(column, columns, ''),
      target: column.isBroker ? columns.opener : ((isTwin ? clientId : column.name) ?? clientId),
      program: member?.isProgram ? member.name : undefined,
      isActor: member?.isProgram === false,
      isBroker: column.isBroker ?? false,
    };
  }
}

const isOf = ({ name, isBroker }: Column, member: Member): boolean =>
  name === member.name && isBroker === member.isBroker;
const waiting = ({ name, isProgram, isBroker }: Member): StageClient => ({
  ...{
    key: name,
    name,
    clientId: undefined,
    role: 'client',
    target: isBroker ? 'house' : name,
    column: undefined,
  },
  isBroker: isBroker ?? false,
  program: isProgram ? name : undefined,
  isActor: !isProgram,
  cable: idle,
});
