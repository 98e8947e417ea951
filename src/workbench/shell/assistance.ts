/** Puts the help together: its view, and the text that a learner may copy for an assistant. */
import { assistantText } from '../help/assistant-text.ts';
import type { Help } from '../help/help.ts';
import { createHelpView } from '../help/help-view.ts';
import { pageTask } from '../help/page-task.ts';
import type { Model } from '../model/model.ts';
import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { PacketRows, rowOf } from '../trace/packet-rows.ts';
import { writeClipboard } from '../ui/clipboard.ts';
import type { MenuItem } from '../ui/menu.ts';
import { lessonHtml } from './lesson-html.ts';
import type { Solution } from './solution.ts';

export interface AssistanceDeps {
  element: HTMLElement;
  data: ExerciseData;
  model: Model;
  programs: EditedPrograms;
  files: BrokerFileDrafts;
  help: Help;
  solution: Solution;
}

export function createAssistance(deps: AssistanceDeps) {
  const { data, help, model, solution } = deps;
  const copyText = () => textOf(deps);
  const openSolution = () => {
    // The solution of the program that is shown; else of the first that has one.
    const file = data.solution.find(({ name }) => solution.has(name))?.name;
    if (!solution.has(model.file) && file !== undefined) model.showFile(file);
    void solution.open();
  };
  return {
    element: createHelpView({
      ...{ help, copyText },
      openSolution: data.solution.length > 0 ? openSolution : undefined,
    }),
    /** Items of “More”, once their words are there. */
    items: (): MenuItem[] =>
      help.words
        ? [{ label: help.words('help.copy'), do: () => void writeClipboard(copyText()) }]
        : [],
  };
}

function textOf({ element, data, model, programs, files, help }: AssistanceDeps): string {
  const words = help.wordsWith(data.strings);
  const rows = new PacketRows();
  rows.sync(model.record);
  const broker = files.load();
  const hint = element.querySelector('[data-shown] .wb-hint:not([hidden])');
  const isTrue = (id: string) =>
    model.checks.some((result) => result.id === id && result.state === 'true');
  return assistantText(
    {
      ...pageTask(element),
      programs: [
        ...programs.files,
        // The hashes of passwords are nobody else's business.
        ...(['mosquitto.conf', 'acl'] as const).flatMap((name) =>
          broker[name] === undefined ? [] : [{ name, text: broker[name] }],
        ),
      ],
      checks: data.checks.map(({ id, html }) => ({
        text: lessonHtml(html).textContent?.replaceAll(/\s+/g, ' ').trim() ?? '',
        isTrue: isTrue(id),
      })),
      hint: hint?.textContent?.replaceAll(/\s+/g, ' ').trim(),
      packets: rows.entries.slice(-30).map((entry) => rowOf(entry, rows.lines, words)),
    },
    words,
  );
}
