/** The workbench's keys, and what each does; the texts are `keys.<command>`. */
export type Command =
  | 'run'
  | 'stop'
  | 'run-one'
  | 'next-device'
  | 'previous-device'
  | 'next-area'
  | 'previous-area'
  | 'leave-editor';

export interface KeyBinding {
  command: Command;
  /** As `aria-keyshortcuts` and the list under `?` write it; Ctrl is Cmd on a Mac. */
  keys: string;
}
export const keys: readonly KeyBinding[] = [
  { command: 'run', keys: 'Ctrl+Enter' },
  { command: 'stop', keys: 'Ctrl+Shift+Enter' },
  { command: 'run-one', keys: 'Alt+Enter' },
  { command: 'next-device', keys: 'Alt+PageDown' },
  { command: 'previous-device', keys: 'Alt+PageUp' },
  { command: 'next-area', keys: 'F6' },
  { command: 'previous-area', keys: 'Shift+F6' },
  { command: 'leave-editor', keys: 'Escape' },
];

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>;

/** What a key asks for. Escape is the editor's own first: `leave-editor` is asked of what it left. */
export function commandFor(event: Pressed): Command | undefined {
  if (event.isComposing) return undefined;
  const pressed = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    event.key,
  ];
  const text = pressed.filter((part) => part !== false).join('+');
  return keys.find((each) => each.keys === text)?.command;
}
