/** The broker's own files: written in the editor, given to the broker by Apply, judged by the broker. */
import type { BrokerFiles, FileProblem } from '../../../../sandbox/protocol/exercise.ts';
import type { LogEntry } from '../../../../sandbox/protocol/trace.ts';
import { plainFiles as plain } from '../../room/broker-files.ts';
import { onTheme } from '../../ui/theme.ts';
import { h, newId, setText } from '../../ui/dom.ts';
import type { CodeEditor } from '../../run/code-editor.ts';
import type { Panel, PanelContext } from '../panel.ts';

const names = ['mosquitto.conf', 'passwd', 'acl'] as const;
type Name = (typeof names)[number];
const mostLogLines = 500;

export function createFilesPanel(context: PanelContext): Panel {
  const { words, room, record, data, model } = context;
  const texts = (files: BrokerFiles) => names.map((name) => ({ name, text: files[name] ?? '' }));
  const current = (): BrokerFiles => {
    const files = context.files.load();
    return Object.keys(files).length > 0 ? files : plain;
  };
  let editor: CodeEditor | undefined;
  let opening: Promise<void> | undefined;
  let applying = false;
  let shown: Name = 'mosquitto.conf';

  // The editor keeps Tab; Escape, once it has nothing of its own to close, leads to Apply.
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    apply.focus();
  };
  const place = h('div', { class: 'wb-broker-files-editor', role: 'tabpanel', onkeydown: leave });
  const placeId = newId('broker-file');
  place.id = placeId;
  const tabs = names.map((name) =>
    h('button', { type: 'button', role: 'tab', 'aria-controls': placeId, 'data-file': name, onclick: () => show(name), onkeydown: (event: KeyboardEvent) => walk(event, name) }, name),
  ); // prettier-ignore
  const tabList = h('div', { class: 'wb-broker-files-tabs', role: 'tablist', 'aria-label': words('terminal.files.label') }, ...tabs); // prettier-ignore
  const apply = h('button', { type: 'button', class: 'wb-button', onclick: () => void give() }, words('terminal.files.apply')); // prettier-ignore
  const reset = h('button', { type: 'button', class: 'wb-link', onclick: () => putBack() }, words('terminal.files.reset')); // prettier-ignore
  const status = h('p', { class: 'wb-broker-files-status', role: 'status' });
  const problems = h('ul', {
    class: 'wb-broker-files-problems',
    'aria-label': words('terminal.files.problems'),
  });
  const log = h('div', {
    class: 'wb-broker-files-log',
    role: 'log',
    tabindex: 0,
    'aria-label': words('terminal.files.log'),
  });
  const element = h(
    'div',
    { class: 'wb-broker-files' },
    tabList,
    // Above the text: below it, Apply would lie outside the window of a small screen.
    h('div', { class: 'wb-broker-files-bar' }, apply, reset, status),
    problems,
    place,
    h('h4', {}, words('terminal.files.log')),
    log,
  );

  function show(name: Name): void {
    shown = name;
    editor?.show(name);
    for (const tab of tabs) {
      const own = tab.dataset['file'] === name;
      tab.setAttribute('aria-selected', String(own));
      tab.tabIndex = own ? 0 : -1;
    }
  }
  function walk(event: KeyboardEvent, name: Name): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = names[(names.indexOf(name) + step + names.length) % names.length]!;
    show(next);
    tabs[names.indexOf(next)]?.focus();
  }

  /** An empty file that was never there stays one that is not there: Mosquitto tells them apart. */
  function save(): void {
    if (!editor) return;
    const before = context.files.load();
    const files: BrokerFiles = {};
    for (const name of names) {
      const text = editor.text(name);
      if (text !== '' || before[name] !== undefined) files[name] = text;
    }
    context.files.save(files);
  }

  async function give(): Promise<void> {
    if (applying) return;
    save();
    applying = true;
    drawStatus();
    try {
      await room.reset(current());
    } catch (error) {
      setText(status, words('terminal.files.failed', { reason: error instanceof Error ? error.message : String(error) })); // prettier-ignore
      applying = false;
      apply.removeAttribute('aria-disabled');
      return;
    }
    applying = false;
    drawStatus();
  }

  function putBack(): void {
    const before = current();
    const first = Object.keys(data.files).length > 0 ? data.files : plain;
    context.files.save({ ...first });
    const undo = h('button', { type: 'button', class: 'wb-link', onclick: () => context.files.save(before) }, words('terminal.files.undo')); // prettier-ignore
    status.replaceChildren(words('terminal.files.was-reset'), ' ', undo);
  }

  /** The broker's state, in a sentence. */
  function drawStatus(): void {
    const verdict = model.filesStatus;
    const changed = context.files.unapplied().length > 0;
    const key = applying ? 'applying' : changed ? 'unsaved' : !verdict ? (Object.keys(data.files).length > 0 ? 'log-empty' : 'none') : !verdict.started ? 'stopped' : verdict.problems.length > 0 ? 'warnings' : 'running'; // prettier-ignore
    setText(status, words(`terminal.files.${key}`));
    status.dataset['state'] = key;
    if (applying) apply.setAttribute('aria-disabled', 'true');
    else apply.removeAttribute('aria-disabled');
  }

  /** Mosquitto's own words, unless it is the sandbox that speaks. */
  const textOf = ({ key, values, text }: FileProblem): string => key === undefined ? text : words(`files.${key}`, values); // prettier-ignore
  const nameOf = ({ file }: FileProblem): Name | undefined => names.find((name) => file.endsWith(`/${name}`)); // prettier-ignore

  function showProblems(): void {
    const all = model.filesStatus?.problems ?? [];
    editor?.setProblems(
      all.flatMap((problem) => {
        const file = nameOf(problem);
        const { line, severity } = problem;
        return file === undefined ? [] : [{ file, line: Math.max(1, line), column: 1, message: textOf(problem), severity }]; // prettier-ignore
      }),
    );
    problems.replaceChildren(...all.map(problemElement));
  }
  function problemElement(problem: FileProblem): HTMLElement {
    const file = nameOf(problem);
    const { line, severity } = problem;
    const where = words('terminal.files.where', { file: file ?? problem.file, line });
    const goTo = (): void => {
      if (file === undefined) return;
      show(file);
      editor?.revealProblem(file, Math.max(1, line), 1, textOf(problem));
      editor?.focus();
    };
    return h(
      'li',
      { 'data-severity': severity },
      line > 0 && h('button', { type: 'button', class: 'wb-link', onclick: goTo }, where),
      h('span', {}, textOf(problem)),
    );
  }

  let generation = -1;
  let drawn = 0;
  function drawLog(): void {
    if (generation !== record.generation) {
      generation = record.generation;
      drawn = 0;
      log.replaceChildren();
    }
    const all = record.entries.filter((entry): entry is LogEntry => entry.type === 'log');
    if (all.length < drawn) drawn = 0;
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
    log.append(
      ...all.slice(drawn).map(({ level, text }) => h('div', { 'data-level': level }, text)),
    );
    drawn = all.length;
    while (log.children.length > mostLogLines) log.firstElementChild?.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
  }

  async function openEditor(): Promise<void> {
    editor = await context.files.edit(place, texts(current()));
    editor.onChange(() => {
      save();
      drawStatus();
    });
    show(shown);
    showProblems();
  }

  const stops = [
    model.on('files', () => {
      showProblems();
      drawStatus();
    }),
    // The terminal's mosquitto_passwd writes them too.
    context.files.onChange(() => {
      const now = texts(current());
      if (editor && now.some(({ name, text }) => editor?.text(name) !== text)) {
        editor.setFiles(now);
        show(shown);
        showProblems();
      }
      drawStatus();
    }),
    onTheme((theme) => editor?.setTheme(theme)),
  ];
  let watching: (() => void) | undefined;
  show(shown);
  drawStatus();

  return {
    element,
    show() {
      watching ??= record.subscribe(drawLog);
      drawLog();
      opening ??= openEditor().catch((error: unknown) => {
        opening = undefined;
        setText(status, words('terminal.files.failed', { reason: String(error) }));
      });
    },
    hide() {
      watching?.();
      watching = undefined;
    },
    dispose() {
      watching?.();
      for (const stop of stops) stop();
      editor?.dispose();
    },
  };
}
