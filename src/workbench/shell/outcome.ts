import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { RecordView } from '../run/record.ts';
import type { PanelOutput } from '../panels/panel-output.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { scrollToEnd } from '../ui/list-end.ts';
import { createView, html, nothing } from '../ui/view.ts';
import { createConsole } from './console.ts';
import { createSceneMessages } from './scene-messages.ts';

/** What came of a run: the programs' output, and what the scene's clients received. */
export function createOutcome(
  data: Pick<ExerciseData, 'devices' | 'actors'>,
  words: Words,
  model: Pick<Model, 'showPlace'> & { record: RecordView },
): PanelOutput {
  const output = createConsole(model.record, words, {
    manyDevices: data.devices.length > 1,
    onGoTo({ device, position, text }) {
      if (position) model.showPlace({ file: `${device}.ts`, ...position, message: text });
    },
  });
  const messages = createSceneMessages(data.actors, model.record, words);
  const titled = (title: string, panel: HTMLElement) =>
    html`<div class="wb-panel">
      <h3 class="wb-title">${title}</h3>
      ${panel}
    </div>`;
  const { element } = createView(
    () =>
      html`<div class="wb-outcome">
        ${titled(words('workbench.console.short'), output)}
        ${messages ? titled(words('workbench.scene'), messages) : nothing}
      </div>`,
  );
  return {
    element,
    // A list that was not shown could not follow what was added.
    show: () => element.querySelectorAll('.wb-console-lines, .wb-heard').forEach(scrollToEnd),
    news: () => ({
      count: model.record.linesLeftOut + model.record.lines.length,
      isWrong: model.record.lines.some(({ level }) => level === 'error'),
    }),
    subscribe: (listener) => model.record.subscribe(listener),
  };
}
