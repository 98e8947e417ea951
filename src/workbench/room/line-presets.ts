import type { LinkConditions } from '../../../sandbox/protocol/faults.ts';
import type { Room } from './room.ts';

/** A named combination of faults on one client's line, as one meets it outside of a course. */
export type PresetName = 'wifi' | 'lift' | 'satellite' | 'power' | 'cable';
interface Preset {
  conditions: Omit<LinkConditions, 'client'>;
  /** The connection is cut when it begins, and an attempt that was lost is ended when it is undone. */
  cuts?: true;
}

/** The texts `presets.<name>.does` say the same in words; a test compares the numbers. */
export const presets: Record<PresetName, Preset> = {
  wifi: { conditions: { loss: 0.2, latencyMs: 50, jitterMs: 150 } },
  lift: { conditions: { frozen: true } },
  satellite: { conditions: { latencyMs: 300 } },
  power: { conditions: { loss: 1 }, cuts: true },
  cable: { conditions: { loss: 1 } },
};
export const presetNames = Object.keys(presets) as PresetName[];

/** The part of `LineConditions` that is needed here. */
interface Conditions {
  presetOf(client: string): PresetName | undefined;
  change(change: LinkConditions, preset?: PresetName): Promise<void>;
}
const calm = { loss: 0, latencyMs: 0, jitterMs: 0, frozen: false } as const;

/**
 * Puts a preset on a client's line in the place of all that is on it; undefined takes everything away.
 * Rejects as the room's requests do.
 */
export async function applyPreset(
  { conditions, room }: { conditions: Conditions; room: Pick<Room, 'cut'> },
  client: string,
  name: PresetName | undefined,
): Promise<void> {
  const before = conditions.presetOf(client);
  await conditions.change({ client, ...calm, ...(name && presets[name].conditions) }, name);
  const isCut = (name && presets[name].cuts) ?? (before && presets[before].cuts);
  // A client without a line needs no cut.
  if (isCut) await room.cut(client).catch(() => {});
}
