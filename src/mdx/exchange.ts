/** The steps of a sequence of packets, as authors write them: `publisher > broker: CONNECT`. */
export const roles = ['publisher', 'broker', 'subscriber'] as const;
export type Role = (typeof roles)[number];

export interface ExchangeStep {
  from: Role;
  to: Role;
  kind: string;
  /** The packet's details, such as its topic. */
  detail?: string;
  /** It was sent and never arrived: a fault dropped it and cut the line. */
  lost?: true;
}

const kinds =
  'CONNECT CONNACK PUBLISH PUBACK PUBREC PUBREL PUBCOMP SUBSCRIBE SUBACK UNSUBSCRIBE UNSUBACK PINGREQ PINGRESP DISCONNECT AUTH'.split(
    ' ',
  );

/** `>x` instead of `>` where the packet is lost. Throws if a step is not of that form, or if its packet does not pass the broker. */
export function stepOf(text: string): ExchangeStep {
  const match = text.match(/^(\w+) >(x?) (\w+): ([A-Z]+)(?: (.+))?$/);
  if (!match)
    throw new Error(`<Exchange> step "${text}": write it as "publisher > broker: CONNECT"`);
  const [, from, lost, to, kind = '', detail] = match;
  for (const one of [from, to]) {
    if (!roles.includes(one as Role)) {
      throw new Error(`<Exchange> step "${text}": "${one}" is not one of ${roles.join(', ')}`);
    }
  }
  if ((from === 'broker') === (to === 'broker')) {
    throw new Error(`<Exchange> step "${text}": every packet goes to the broker or comes from it`);
  }
  if (!kinds.includes(kind))
    throw new Error(`<Exchange> step "${text}": "${kind}" is not a packet`);
  return {
    from: from as Role,
    to: to as Role,
    kind,
    ...(detail && { detail }),
    ...(lost && { lost: true }),
  };
}

/** A client that no packet comes from or goes to has no life line. */
export const rolesIn = (steps: readonly ExchangeStep[]): Role[] =>
  roles.filter(
    (role) => role === 'broker' || steps.some(({ from, to }) => from === role || to === role),
  );

/** Longer details may be broken at any space. */
const mostTogether = 16;
/** The parts of a detail between which a line may end: at a topic's levels, and after a comma. */
export const levelsOf = (detail: string): string[] =>
  detail
    .split(/(?<=,) /)
    .map((part) => (part.length > mostTogether ? part : part.replaceAll(' ', '\u00a0')))
    .join(' ')
    .split(/(?<=\/)/);
