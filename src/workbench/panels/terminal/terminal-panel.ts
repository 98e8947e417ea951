/** The room's terminals: each a small shell beside the broker, all with the same files and history. */
import { hasFiles, type BrokerFileName } from '../../../../sandbox/protocol/exercise.ts';
import { usualMosquitto } from '../../../../sandbox/protocol/mosquitto.ts';
import { History } from '../../terminal/screen/history.ts';
import { TerminalSession } from '../../terminal/screen/terminal-session.ts';
import { mosquittoPrograms } from '../../terminal/programs/programs.ts';
import type { Program } from '../../terminal/programs/program.ts';
import { lineReports, reported } from '../../terminal/programs/reported.ts';
import { plainFiles } from '../../room/broker-files.ts';
import { isMember } from '../../room/other-hosts.ts';
import { RoomError } from '../../room/room.ts';
import { roomCommands } from '../../terminal/room/commands.ts';
import { brokerHome, RoomDisk, userHome } from '../../terminal/room/room-disk.ts';
import { RoomFiles } from '../../terminal/room/room-files.ts';
import { roomLines } from '../../terminal/room/room-line.ts';
import { DockerEngine } from '../../terminal/docker/engine.ts';
import { BrokerMachine } from '../../terminal/broker/machine.ts';
import type { ObservedBroker } from '../../terminal/room/broker-service.ts';
import { Shell } from '../../terminal/shell/shell.ts';
import { utilities } from '../../terminal/shell/utilities.ts';
import { guardedStore } from '../../store/drafts.ts';
import { onTheme } from '../../ui/theme.ts';
import { h } from '../../ui/dom.ts';
import { render } from '../../ui/view.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { createTerminalView } from './terminal-view.ts';
import { type TerminalBox, terminalsView } from './terminals-view.ts';

/** Mosquitto's, of a broker without files. */
const usualPort = 1883;

/** Its terminals are on the machine of the usual broker. */
export function createTerminalPanel(context: PanelContext): Panel {
  const { words, room, run: record } = context;
  const history = new History(context.store);
  const brokerFiles = () => context.files.load();
  const log = (): string[] =>
    record.entries.flatMap((entry) => (entry.type === 'log' && !entry.on ? [entry.text] : []));
  const disk = new RoomDisk({
    load: () => (hasFiles(brokerFiles()) ? brokerFiles() : { ...plainFiles, ...brokerFiles() }),
    save: (changed) => context.files.save(changed),
    log: () =>
      log()
        .map((line) => `${line}\n`)
        .join(''),
  });
  const files = new RoomFiles(disk);
  const element = h('div', { class: 'wb-terminal-panel' });
  let boxes: readonly TerminalBox[] = [];
  const terminals = new Map<number, ReturnType<typeof open>>();
  const actions = {
    open: () => open().focus(),
    close: (number: number) => close(number),
    press(number: number, data: string): void {
      terminals.get(number)?.session.input(data);
      terminals.get(number)?.focus();
    },
  };
  const draw = () => render(terminalsView(boxes, actions, words), element);
  // Each screen: another terminal's keys may take from its height.
  const sizes = new ResizeObserver(() => fit());

  const state = () => room.state().catch(() => undefined);
  const broker: ObservedBroker = {
    process: async () => (await state())?.process,
    ports: async () => (await state())?.listeners?.map(({ port }) => port) ?? [usualPort],
    async operate(deed, given) {
      try {
        await room.operate(deed, undefined, given);
        return undefined;
      } catch (error) {
        return error instanceof RoomError ? error.key : 'internal';
      }
    },
    problems: () =>
      (context.model.filesStatus?.problems ?? [])
        .filter(({ on }) => !on)
        .map(({ file, line, text }) => (line > 0 ? `${file}:${line}: ${text}` : text)),
    log,
    contain: (given) => context.files.contain(given),
    run: () => record.generation,
    began: () => context.model.runBegan,
    entries: () => record.entries,
    onChange: (listener) => record.subscribe(listener),
  };
  const machine = new BrokerMachine(broker);
  const docker = new DockerEngine(machine);

  function freeNumber(): number {
    for (let number = 1; ; number += 1) if (!terminals.has(number)) return number;
  }

  function open() {
    const number = freeNumber();
    const name = `terminal-${number}`;
    const screen = h('div', { class: 'wb-terminal-screen', onclick: () => view.focus() });
    boxes = [...boxes, { number, screen }];
    // xterm measures the element it is put into.
    draw();
    const view = createTerminalView(screen, words('terminal.title', { number }), words);
    const lines = lineReports(name, (...what) => room.report(...what));
    const programs = new Map<string, Program>([
      ...utilities,
      ...reported(mosquittoPrograms, lines.program),
    ]);
    const shell = new Shell({
      programs,
      files,
      mosquitto: () => context.model.mosquitto ?? context.data.mosquitto ?? usualMosquitto,
      connect: roomLines(room, name, location.hostname, brokerFiles, {
        machines: context.data.machines,
        isMember: () => isMember(guardedStore(() => localStorage)),
      }),
      cwd: hasFiles(brokerFiles()) ? brokerHome : userHome,
      variables: { HOME: userHome, USER: files.user },
      message: (key, construct) => words(`terminal.shell.${key}`, { construct }),
    });
    const own = {
      words,
      isInPage: () => room.place === 'browser',
      shell: () => shell,
      history: () => history.lines,
      programs,
      clear: view.clear,
      machine,
      edit: (file: BrokerFileName) => context.model.editBrokerFile(file),
      docker,
      hasService: !context.data.docker,
    };
    for (const [command, program] of roomCommands(own)) programs.set(command, program);
    const session = new TerminalSession({
      shell,
      history,
      commands: [...programs.keys()],
      write: view.write,
      columns: view.columns,
      onWaiting: lines.waiting,
      onEnd: lines.ended,
    });
    view.use(session);
    view.fit();
    sizes.observe(screen);
    session.start(`${words('terminal.greeting').replaceAll('\n', '\r\n')}\r\n`);
    const terminal = {
      view,
      session,
      focus: () => view.focus(),
      dispose() {
        session.dispose();
        view.dispose();
      },
    };
    terminals.set(number, terminal);
    fit();
    return terminal;
  }

  function close(number: number): void {
    terminals.get(number)?.dispose();
    terminals.delete(number);
    boxes = boxes.filter((box) => box.number !== number);
    draw();
    fit();
    if (terminals.size === 0) open();
    [...terminals.values()].at(-1)?.focus();
  }
  function fit(): void {
    for (const { view } of terminals.values()) view.fit();
  }

  draw();
  // Written in the Files panel: now.
  const changes = context.files.onChange(() => disk.look());
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
      changes();
      for (const terminal of terminals.values()) terminal.dispose();
      terminals.clear();
    },
  };
}
