/** The broker's own files: written in the editor, given to the broker by Apply, judged by the broker. */
import {
  brokerFileNames,
  fileNamesIn,
  hasFiles,
  type BrokerFiles,
  type FileProblem,
} from '../../../../sandbox/protocol/exercise.ts';
import { usualMosquitto, type MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import type { LogEntry } from '../../../../sandbox/protocol/trace.ts';
import { plainFiles } from '../../room/broker-files.ts';
import type { CodeEditor } from '../../run/code-editor.ts';
import { h, newId } from '../../ui/dom.ts';
import { onTheme } from '../../ui/theme.ts';
import { render } from '../../ui/view.ts';
import type { Panel, PanelContext } from '../panel.ts';
import {
  type FileName,
  filesFrom,
  movedLine,
  shownMode,
  statusKey,
  tabOf,
} from './files-status.ts';
import { type FilesModel, filesView, messageOf } from './files-view.ts';

const mostLogLines = 500;

export function createFilesPanel(context: PanelContext): Panel {
  const { words, room, run: record, data } = context;
  /** The broker's verdict on the files that it was given. */
  const verdict = () => context.model.filesStatus;
  const ownFiles = hasFiles(data.files);
  const texts = (files: BrokerFiles) =>
    fileNamesIn(files).map((name) => ({ name, text: files[name] ?? '' }));
  const current = (): BrokerFiles => {
    const files = context.files.load();
    return hasFiles(files) ? files : { ...plainFiles, ...files };
  };
  /** The learner's choice, else what the room is, or will be. */
  const version = (): MosquittoVersion =>
    context.files.load().mosquitto ?? context.model.mosquitto ?? data.mosquitto ?? usualMosquitto;
  let editor: CodeEditor | undefined;
  let opening: Promise<void> | undefined;
  let applying = false;
  let shown: FileName = 'mosquitto.conf';
  /** Shown instead of the broker's state, until that changes. */
  let notice: FilesModel['status'] | undefined;

  const element = h('div', { class: 'wb-broker-files' });
  const editorId = newId('broker-file');
  const actions = {
    show(name: FileName): void {
      shown = name;
      editor?.show(name);
      draw();
    },
    walk(by: number): void {
      const names = fileNamesIn(current());
      const at = names.indexOf(shown) + by;
      actions.show(names[(at + names.length) % names.length]!);
      element.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
    },
    async apply(): Promise<void> {
      if (applying) return;
      save();
      applying = true;
      drawState();
      try {
        await room.reset(current());
      } catch (error) {
        applying = false;
        return drawFailure(error);
      }
      applying = false;
      drawState();
    },
    reset(): void {
      const before = current();
      context.files.save({ ...(ownFiles ? data.files : plainFiles) });
      const undo = () => context.files.save(before);
      notice = { state: 'was-reset', text: words('terminal.files.was-reset'), undo };
      draw();
    },
    choose(mosquitto: MosquittoVersion): void {
      context.files.save({ ...current(), mosquitto });
      drawState();
    },
    goTo(problem: FileProblem): void {
      const file = tabOf(problem);
      if (file === undefined) return;
      actions.show(file);
      editor?.revealProblem(file, Math.max(1, problem.line), 1, messageOf(problem, words));
      editor?.focus();
    },
    leaveEditor: () =>
      element.querySelector<HTMLElement>('.wb-broker-files-bar > .wb-button')?.focus(),
  };

  function draw(): void {
    if (!watching) return;
    const changed = context.files.unapplied().length > 0;
    const state = statusKey({ applying, changed, verdict: verdict(), hasFiles: ownFiles });
    const model = {
      ...{ editorId, shown, applying, version: version(), names: fileNamesIn(current()) },
      mode: shownMode(current(), shown),
      status: notice ?? { state, text: words(`terminal.files.${state}`) },
      problems: verdict()?.problems ?? [],
      log: record.entries
        .filter((entry): entry is LogEntry => entry.type === 'log')
        .slice(-mostLogLines),
    };
    const before = element.querySelector('[role=log]');
    const atEnd = !before || before.scrollTop + before.clientHeight >= before.scrollHeight - 8;
    render(filesView(model, actions, words), element);
    const log = element.querySelector('[role=log]')!;
    if (atEnd) log.scrollTop = log.scrollHeight;
  }
  /** The broker's state may have changed: what was said instead of it has had its time. */
  function drawState(): void {
    notice = undefined;
    draw();
  }
  /** What the broker says: an Undo is about the learner's files, and stays. */
  function drawBroker(): void {
    if (notice?.undo) draw();
    else drawState();
  }
  function drawFailure(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    notice = { state: 'failed', text: words('terminal.files.failed', { reason }) };
    draw();
  }

  function save(): void {
    const from = editor;
    if (from) context.files.save(filesFrom((name) => from.text(name), context.files.load()));
  }
  /** The texts that the verdict is about, as far as this page has seen them. */
  let judged: BrokerFiles = {};
  function judge(): void {
    judged = current();
    markProblems();
  }
  function markProblems(): void {
    const now = current();
    const marks = (verdict()?.problems ?? []).flatMap((problem) => {
      const file = tabOf(problem);
      if (file === undefined) return [];
      const { severity } = problem;
      const line = movedLine(judged[file] ?? '', now[file] ?? '', Math.max(1, problem.line));
      if (line === undefined) return [];
      const message = messageOf(problem, words);
      return [{ file, line, column: 1, message, severity }];
    });
    editor?.setProblems(marks);
  }

  async function openEditor(): Promise<void> {
    const place = element.querySelector<HTMLElement>('[role=tabpanel]')!;
    editor = await context.files.edit(place, texts(current()));
    editor.onChange(() => {
      save();
      markProblems();
      drawState();
    });
    editor.show(shown);
    judge();
  }

  const stops = [
    context.model.on('files', () => {
      judge();
      drawBroker();
    }),
    context.model.on('mosquitto', drawBroker),
    // The terminal's mosquitto_passwd writes them too.
    context.files.onChange(() => {
      const now = texts(current());
      if (editor && now.some(({ name, text }) => editor?.text(name) !== text)) {
        editor.setFiles(now);
        editor.show(shown);
        markProblems();
      }
      drawState();
    }),
    onTheme((theme) => editor?.setTheme(theme)),
  ];
  let watching: (() => void) | undefined;

  return {
    element,
    show() {
      watching ??= record.subscribe(draw);
      draw();
      opening ??= openEditor().catch((error: unknown) => {
        opening = undefined;
        drawFailure(error);
      });
    },
    choose(index) {
      actions.show(brokerFileNames[index] ?? shown);
      void opening?.then(() => editor?.focus());
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
