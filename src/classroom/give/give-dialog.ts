/** In a lesson's page of a teacher: gives the class what is written in an exercise. */
import { fileNamesIn, type BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import { mostStarterBytes, type Given } from '../../../sandbox/protocol/starter.ts';
import type { ClassInfo, MemberInfo } from '../../../sandbox/protocol/classroom.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import type { ExerciseInPage } from '../../workbench/store/exercise-data.ts';
import { html, live, nothing, render, type TemplateResult } from '../../workbench/ui/view.ts';
import { ClassError, classes, say } from '../class-api.ts';
import { openLiveStream } from '../teach/live-stream.ts';
import { addedBytes, bytesOf, refusal, type DraftFile } from '../teach/starters.ts';
import { rememberClass } from '../teaching.ts';

export interface GiveOptions {
  exercise: string;
  data: ExerciseInPage;
  work: { files: readonly { name: string; text: string }[]; broker?: BrokerFiles | undefined };
  /** The class that the teacher had open last. */
  classId: string;
  language: 'en' | 'zh-tw';
  t: Words;
}

interface Model {
  classes: readonly ClassInfo[] | null;
  classId: string;
  members: readonly MemberInfo[];
  files: readonly (DraftFile & { isChosen: boolean })[];
  said: { text: string; isGood: boolean } | null;
  isBusy: boolean;
}

export function openGiveDialog({ exercise, data, work, classId, language, t }: GiveOptions): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'give-dialog';
  dialog.setAttribute('aria-label', t('starter.dialog'));
  const ownProgram = (name: string): string =>
    data.devices.find((one) => one.name === name)?.starter ?? '';
  const broker = work.broker ?? {};
  const all: DraftFile[] = [
    ...work.files.map(({ name, text }) => ({ name, text, own: ownProgram(name), isBroker: false })),
    ...fileNamesIn(broker)
      .filter((name) => broker[name] !== undefined)
      .map((name) => ({ name, text: broker[name]!, own: data.files[name] ?? '', isBroker: true })),
  ];
  const model: Model = {
    ...{ classes: null, classId, members: [], said: null, isBusy: false },
    files: all.map((one) => ({ ...one, isChosen: one.own !== one.text })),
  };
  let stream: { close(): void } | undefined;

  const given = (): Given => {
    const chosen = model.files.filter(({ isChosen }) => isChosen);
    const plain = ({ name, text }: DraftFile) => ({ name, text });
    return {
      files: chosen.filter(({ isBroker }) => !isBroker).map(plain),
      broker: chosen.filter(({ isBroker }) => isBroker).map(plain) as Given['broker'],
    };
  };

  function follow(id: string): void {
    stream?.close();
    model.classId = id;
    model.members = [];
    stream = openLiveStream(id, {
      message(message) {
        if (message.type !== 'class') return;
        model.members = message.members;
        draw();
      },
      status: () => {},
    });
    draw();
  }

  async function load(): Promise<void> {
    try {
      const found = (await classes()).classes;
      model.classes = found;
      const first = found.find(({ id }) => id === model.classId) ?? found.at(-1);
      if (first) follow(first.id);
    } catch (error) {
      model.said = { text: t(refusal(error)), isGood: false };
    }
    draw();
  }

  async function give(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const to = String(new FormData(event.currentTarget as HTMLFormElement).get('to') ?? 'all');
    const what = given();
    const n = bytesOf(what) + addedBytes;
    if (what.files.length + what.broker.length === 0) return tell(t('starter.nothing'));
    if (n > mostStarterBytes) return tell(t('starter.long', { n, most: mostStarterBytes }));
    model.isBusy = true;
    draw();
    try {
      const whom = to === 'all' ? {} : { to };
      const isKept = await say(model.classId, { type: 'starter', exercise, given: what, ...whom });
      rememberClass(model.classId);
      tell(t(isKept ? 'starter.given' : 'lead.notKept'), isKept);
    } catch (error) {
      tell(t(refusal(error instanceof ClassError ? error : undefined)));
    }
  }

  function tell(text: string, isGood = false): void {
    model.said = { text, isGood };
    model.isBusy = false;
    draw();
  }

  const fileView = (file: Model['files'][number]): TemplateResult => {
    const choose = (event: Event): void => {
      const isChosen = (event.target as HTMLInputElement).checked;
      model.files = model.files.map((one) => (one.name === file.name ? { ...one, isChosen } : one));
      draw();
    };
    return html`<li>
      <label>
        <input type="checkbox" .checked=${live(file.isChosen)} @change=${choose} />
        <code>${file.name}</code>
      </label>
      <details>
        <summary>${t('starter.read')}</summary>
        <pre tabindex="0" aria-label=${file.name}>${file.text}</pre>
      </details>
    </li>`;
  };

  function classView(): TemplateResult | typeof nothing {
    const found = model.classes ?? [];
    const code = ({ code: text }: ClassInfo): string => t('starter.dialog.class', { code: text });
    if (found.length < 2) return found[0] ? html`<p>${code(found[0])}</p>` : nothing;
    return html`<label class="field">
      <span>${t('starter.dialog.which')}</span>
      <select @change=${(event: Event) => follow((event.target as HTMLSelectElement).value)}>
        ${found.map(
          (one) =>
            html`<option value=${one.id} .selected=${live(one.id === model.classId)}>
              ${code(one)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  function draw(): void {
    const { said, isBusy } = model;
    const none = model.classes?.length === 0;
    const byName = new Intl.Collator(language, { numeric: true });
    const sorted = [...model.members].sort((a, b) => byName.compare(a.name, b.name));
    render(
      html`<form @submit=${(event: SubmitEvent) => void give(event)}>
        <h2>${t('starter.dialog')}</h2>
        <p class="soft">${t(none ? 'starter.noClass' : 'starter.dialog.text')}</p>
        ${classView()}
        <fieldset>
          <legend>${t('starter.what')}</legend>
          <ul>
            ${model.files.map(fileView)}
          </ul>
        </fieldset>
        <label class="field">
          <span>${t('starter.to')}</span>
          <select name="to">
            <option value="all">${t('starter.to.all')}</option>
            ${sorted.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
          </select>
        </label>
        <p role="status" class=${said && !said.isGood ? 'error' : 'soft'}>
          ${said?.text ?? nothing}
        </p>
        <p class="actions">
          <button class="primary" ?disabled=${isBusy || !model.classes?.length}>
            ${t('starter.do')}
          </button>
          <button type="button" @click=${() => dialog.close()}>
            ${t(said?.isGood ? 'lead.close' : 'starter.cancel')}
          </button>
        </p>
      </form>`,
      dialog,
    );
  }
  const before = document.activeElement;
  dialog.addEventListener('close', () => {
    stream?.close();
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  document.body.append(dialog);
  draw();
  dialog.showModal();
  void load();
}
