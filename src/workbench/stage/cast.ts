/** Who belongs to an exercise: it stands on the stage before it has connected. */
export interface Member {
  name: string;
  /** A program of the exercise; else a client of the scene. */
  isProgram: boolean;
  side: 'left' | 'right';
  /** The room's second broker. */
  isBroker?: true;
}
export type Cast = readonly Member[];

/** Where somebody stands until its first packets decide: listeners of the scene right, programs in turn. */
export function castOf(
  devices: readonly string[],
  actors: readonly { name: string; subscribes: readonly unknown[] }[],
  hasCloud = false,
): Cast {
  const scene = actors.map(({ name, subscribes }): Member => ({
    name,
    isProgram: false,
    side: subscribes.length > 0 ? 'right' : 'left',
  }));
  const programs = devices.map((name, at): Member => ({
    name,
    isProgram: true,
    side: at % 2 === 0 ? 'left' : 'right',
  }));
  const cloud: Member = { name: 'cloud', isProgram: false, side: 'right', isBroker: true };
  return [...programs, ...scene, ...(hasCloud ? [cloud] : [])];
}
