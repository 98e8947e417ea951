import type { LinkConditions } from '../../../../sandbox/protocol/faults.ts';
import type { Words } from '../../i18n/words.ts';
import { applyPreset, type PresetName, presetNames } from '../../room/line-presets.ts';
import type { MenuItem } from '../../ui/menu.ts';
import type { PanelContext } from '../panel.ts';

/** Milliseconds each way of a cable that was made slow. */
const slowMs = 1_000;

export interface CableState {
  isOut: boolean;
  frozen: boolean;
  /** Milliseconds each way; 0 if it is not slow. */
  latencyMs: number;
  /** Percent of the packets; 100 is a cable that is out. */
  loss: number;
  preset: PresetName | undefined;
}
export const cableState = (
  { frozen, latencyMs, loss }: LinkConditions,
  preset?: PresetName,
): CableState => ({
  preset,
  isOut: loss === 1 && preset !== 'cable',
  frozen: frozen === true,
  latencyMs: latencyMs ?? 0,
  loss: Math.round((loss ?? 0) * 100),
});

type Deps = Pick<PanelContext, 'conditions' | 'room'>;

/** What a person does to a client's cable. `fail` is called if the room did not take it. */
export function createCableActions({ conditions, room }: Deps, fail: (error: unknown) => void) {
  const attempt = (request: () => Promise<unknown>) => void request().catch(fail);
  const cut = (client: string) => room.cut(client);
  return {
    stateOf: (client: string) => cableState(conditions.of(client), conditions.presetOf(client)),
    /** Its line is cut, and nothing passes on the next one until it is plugged in. */
    pull: (client: string) =>
      attempt(async () => {
        await conditions.change({ client, loss: 1 });
        // Without a line nothing is to be cut.
        await cut(client).catch(() => {});
      }),
    /** The attempt whose CONNECT was lost is ended: else the client waits for its time-out. */
    plugIn: (client: string) =>
      attempt(async () => {
        await conditions.change({ client, loss: 0 });
        await cut(client).catch(() => {});
      }),
    cut: (client: string) => attempt(() => cut(client)),
    /** Undefined: what is on the cable is taken away. */
    preset: (client: string, name: PresetName | undefined) =>
      attempt(() => applyPreset({ conditions, room }, client, name)),
    freeze: (client: string, frozen: boolean) =>
      attempt(() => conditions.change({ client, frozen })),
    slow: (client: string, isSlow: boolean) =>
      attempt(() => conditions.change({ client, latencyMs: isSlow ? slowMs : 0 })),
  };
}
export type CableActions = ReturnType<typeof createCableActions>;

export function cableItems(client: string, on: CableActions, words: Words): MenuItem[] {
  const { isOut, frozen, latencyMs, preset } = on.stateOf(client);
  const t = (key: string) => words(`panels.stage.${key}`);
  return [
    {
      label: t('pull'),
      checked: isOut && !preset,
      do: () => (isOut ? on.plugIn(client) : on.pull(client)),
    },
    { label: t('freeze'), checked: frozen && !preset, do: () => on.freeze(client, !frozen) },
    {
      label: t('slow'),
      checked: latencyMs > 0 && !preset,
      do: () => on.slow(client, latencyMs === 0),
    },
    { label: t('cut'), do: () => on.cut(client) },
    ...presetNames.map((name) => ({
      label: words(`presets.${name}`),
      note: words(`presets.${name}.short`),
      checked: preset === name,
      do: () => on.preset(client, preset === name ? undefined : name),
    })),
  ];
}
