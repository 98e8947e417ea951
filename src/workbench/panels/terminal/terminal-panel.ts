/** The room's terminals: each a small shell beside the broker, all with the same files and history. */
import { History } from '../../terminal/screen/history.ts';
import { TerminalSession } from '../../terminal/screen/session.ts';
import { mosquittoPrograms } from '../../terminal/programs/programs.ts';
import type { Program } from '../../terminal/programs/program.ts';
import { reported } from '../../terminal/programs/reported.ts';
import { roomCommands } from '../../terminal/room/commands.ts';
import { brokerHome, RoomFiles, userHome } from '../../terminal/room/room-files.ts';
import { roomLines } from '../../terminal/room/room-line.ts';
import { Shell } from '../../terminal/shell/shell.ts';
import { utilities } from '../../terminal/shell/utilities.ts';
import { onTheme } from '../../ui/theme.ts';
import { h } from '../../ui/dom.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { createTerminalView } from './terminal-view.ts';

/** More would be smaller than a line of text. */
const mostTerminals = 4;

export function createTerminalPanel(context: PanelContext): Panel {
  const { words, room, record } = context;
  const history = new History(context.store);
  const hasFiles = (): boolean => Object.keys(context.files.load()).length > 0;
  const files = new RoomFiles({
    load: () => context.files.load(),
    save: (changed) => context.files.save(changed),
    log: () =>
      record.entries.flatMap((entry) => (entry.type === 'log' ? [`${entry.text}\n`] : [])).join(''),
  });
  const list = h('div', { class: 'wb-terminals' });
  const add = h(
    'button',
    { type: 'button', class: 'wb-button', onclick: () => open().focus() },
    words('terminal.new'),
  );
  const element = h(
    'div',
    { class: 'wb-terminal-panel' },
    h('div', { class: 'wb-terminal-bar' }, add),
    list,
  );
  const terminals = new Map<number, ReturnType<typeof open>>();

  /** After a reset the room reports the broker's verdict on its files. */
  async function restart(): Promise<{ started: boolean; said: string[] }> {
    await room.reset(hasFiles() ? context.files.load() : undefined);
    const { started, problems } = context.model.filesStatus ?? { started: true, problems: [] };
    const said = problems.map(({ file, line, text }) =>
      line > 0 ? `${file}:${line}: ${text}` : text,
    );
    return { started, said };
  }

  function freeNumber(): number {
    for (let number = 1; ; number += 1) if (!terminals.has(number)) return number;
  }

  function open() {
    const number = freeNumber();
    const name = `terminal-${number}`;
    const title = words('terminal.title', { number });
    const place = h('div', { class: 'wb-terminal-screen' });
    const keys = h('div', {
      class: 'wb-terminal-keys',
      role: 'group',
      'aria-label': words('terminal.keys'),
    });
    const close = h(
      'button',
      { type: 'button', class: 'wb-link', onclick: () => shut(number) },
      words('terminal.close'),
    );
    close.setAttribute('aria-label', words('terminal.close-one', { number }));
    const box = h(
      'section',
      { role: 'group', class: 'wb-terminal', 'aria-label': title },
      h('header', {}, h('h3', {}, title), close),
      place,
      keys,
    );
    list.append(box);
    const view = createTerminalView(place, title, words);
    const programs = new Map<string, Program>([
      ...utilities,
      ...reported(mosquittoPrograms, (...what) => room.report(...what)),
    ]);
    const shell = new Shell({
      programs,
      files,
      openLine: roomLines(room, name, location.hostname, hasFiles),
      cwd: hasFiles() ? brokerHome : userHome,
      variables: { HOME: userHome, USER: 'learner' },
      say: (key, construct) => words(`terminal.shell.${key}`, { construct }),
    });
    const own = {
      words,
      shell: () => shell,
      history: () => history.lines,
      programs,
      clear: view.clear,
      restart,
    };
    for (const [command, program] of roomCommands(own)) programs.set(command, program);
    const session = new TerminalSession({
      shell,
      history,
      commands: [...programs.keys()],
      write: view.write,
      columns: view.columns,
    });
    view.use(session);
    // Keys that a phone's keyboard doesn't have.
    for (const [key, data] of [
      ['tab', '\t'],
      ['up', '\x1b[A'],
      ['down', '\x1b[B'],
      ['interrupt', '\x03'],
    ] as const) {
      keys.append(
        h(
          'button',
          { type: 'button', onclick: () => (session.input(data), view.focus()) },
          words(`terminal.key.${key}`),
        ),
      );
    }
    view.fit();
    session.start(`${words('terminal.greeting').replaceAll('\n', '\r\n')}\r\n`);
    const terminal = {
      view,
      focus: () => view.focus(),
      dispose() {
        session.dispose();
        view.dispose();
        box.remove();
      },
    };
    terminals.set(number, terminal);
    place.addEventListener('click', () => view.focus());
    counted();
    return terminal;
  }

  function shut(number: number): void {
    terminals.get(number)?.dispose();
    terminals.delete(number);
    counted();
    if (terminals.size === 0) open();
    [...terminals.values()].at(-1)?.focus();
  }
  function counted(): void {
    add.disabled = terminals.size >= mostTerminals;
    list.dataset['count'] = String(terminals.size);
    fit();
  }
  function fit(): void {
    for (const { view } of terminals.values()) view.fit();
  }

  const sizes = new ResizeObserver(() => fit());
  sizes.observe(list);
  const themes = onTheme(() => {
    // The page's own colours change in the same turn.
    requestAnimationFrame(() => {
      for (const { view } of terminals.values()) view.applyTheme();
    });
  });

  return {
    element,
    show() {
      if (terminals.size === 0) open();
      fit();
    },
    hide() {},
    dispose() {
      sizes.disconnect();
      themes();
      for (const terminal of terminals.values()) terminal.dispose();
      terminals.clear();
    },
  };
}
