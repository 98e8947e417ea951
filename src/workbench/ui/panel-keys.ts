/** Keys of the panels that are theirs, and not those of any list; the texts are `keys.<command>`. */
export type PanelCommand = 'step-back' | 'step-on' | 'pause' | 'larger' | 'smaller';

/** As a `KeyboardEvent` has the key. */
export const panelKeys: readonly { command: PanelCommand; key: string }[] = [
  // As in players of films.
  { command: 'step-back', key: ',' },
  { command: 'step-on', key: '.' },
  { command: 'pause', key: ' ' },
  { command: 'larger', key: '+' },
  { command: 'smaller', key: '-' },
];

export const panelCommandFor = (key: string): PanelCommand | undefined =>
  panelKeys.find((each) => each.key === key)?.command;
