import type { DeviceState } from '../../../../sandbox/protocol/trace.ts';
import { faceGroup } from '../../faces/faces.ts';
import type { FaceBoard } from '../../faces/face-board.ts';
import type { FaceModel } from '../../faces/face.ts';
import type { Words } from '../../i18n/words.ts';
import { deviceKindOf } from '../../stage/device-kind.ts';
import type { StageClient } from '../../stage/clients.ts';
import type { PresetName } from '../../room/line-presets.ts';
import { iconView } from '../../ui/icons.ts';
import { html, keyed, nothing, type TemplateResult } from '../../ui/view.ts';
import type { CableActions, CableState } from './cable-actions.ts';
import { devicePicture, plugIcon, token } from './device-pictures.ts';
import { laneView } from './lane-view.ts';

/** So many can be counted by eye; the number says how many there are. */
const mostTokens = 8;

export interface ClientViewDeps {
  words: Words;
  board: Pick<FaceBoard, 'groups' | 'input'>;
  actions: CableActions;
  /** Milliseconds of the page's clock. */
  now: number;
  /** A moment of the past is shown: what is on the cable now is not in the picture. */
  isPast: boolean;
  /** A menu button with what can be done to a client's cable. */
  menuOf(client: StageClient): HTMLElement;
  stateOf(program: string): DeviceState | undefined;
}

/** A client: the thing that it is, and its cable to the broker. */
export function clientView(client: StageClient, deps: ClientViewDeps): TemplateResult {
  const { words, board, actions, now, isPast } = deps;
  const { cable, target, program, role, clientId } = client;
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.stage.${key}`, values);
  const name = client.isBroker ? words('workbench.broker.cloud') : nameOf(client, words);
  const cableIs: CableState | undefined =
    target === undefined || isPast ? undefined : actions.stateOf(target);
  const failed = program !== undefined && deps.stateOf(program) === 'failed';
  const status = failed && cable.shown !== 'connected' ? 'failed' : cable.shown;
  const kind = client.isBroker ? 'cloud' : deviceKindOf(client.isActor || program !== undefined ? 'actor' : 'outside', client.name, clientId); // prettier-ignore
  const face = pictured(program === undefined ? undefined : board.groups.get(program));
  return html`<li
    class="wb-stage-client"
    data-client=${name}
    data-status=${status}
    data-role=${role}
    aria-label=${name}
  >
    <div class="wb-stage-card">
      ${thing()}
      <div class="wb-stage-who">
        <b class="wb-stage-name" data-role=${role}
          ><span class="wb-shape" aria-hidden="true"></span>${name}</b
        >
        <span class="wb-stage-status">${t(`status.${status}`)}</span>
        ${cable.shownReceived > 0 ? got(cable.shownReceived) : nothing}
      </div>
      ${target === undefined || isPast ? nothing : deps.menuOf(client)}
      ${program === undefined ? nothing : faceGroup(board, program, words)}
    </div>
    <div class="wb-stage-cable" data-cable=${stateName(cableIs)}>
      <i class="wb-stage-wire" aria-hidden="true"></i>
      ${laneView(cable.lane('to-broker'), 'to-broker', now, words)}
      ${laneView(cable.lane('to-client'), 'to-client', now, words)}
      ${target === undefined || !cableIs ? nothing : plug(target, cableIs)} ${badge(cableIs)}
    </div>
  </li>`;

  /** A program's lamp, door or bell is the picture; else what the client is called decides. */
  function thing() {
    const beat = isPast ? undefined : cable.beat(now);
    const value = typeof face?.value === 'number' ? face.value : 0;
    // Keyed: another message has it move once more.
    return html`<span
      class="wb-stage-thing"
      data-beat=${beat ?? nothing}
      ?data-open=${face?.kind === 'door' && value > 0}
      .style=${face?.kind === 'lamp' ? `--wb-light:${value}` : ''}
      >${keyed(beat, devicePicture(face ? face.kind : kind))}</span
    >`;
  }
  function got(count: number) {
    const what = /pizz/i.test(cable.received.topic) ? 'pizza' : 'message';
    const shown = Math.min(mostTokens, count);
    return html`<span class="wb-stage-got" data-received=${count}
      ><span class="wb-stage-tokens" aria-hidden="true"
        >${Array.from({ length: shown }, () => token(what))}</span
      ><span>${t('received', { count })}</span></span
    >`;
  }
  function plug(whose: string, { isOut }: CableState) {
    const word = t(isOut ? 'plug-in-of' : 'pull-of', { client: name });
    return html`<button
      type="button"
      class="wb-stage-plug"
      aria-label=${word}
      title=${word}
      @click=${() => (isOut ? actions.plugIn(whose) : actions.pull(whose))}
    >
      ${plugIcon(isOut)}
    </button>`;
  }
  function badge(state: CableState | undefined) {
    const texts = state ? conditionTexts(state) : [];
    if (state?.preset && target !== undefined) return presetBadge(target, state.preset);
    return texts.length === 0
      ? nothing
      : html`<span class="wb-stage-badge">${texts.join(', ')}</span>`;
  }
  function presetBadge(whose: string, preset: PresetName) {
    const text = words(`presets.${preset}`);
    return html`<button
      type="button"
      class="wb-stage-badge wb-stage-preset"
      aria-label=${words('presets.undo-of', { preset: text, client: name })}
      title=${words('presets.undo', { does: words(`presets.${preset}.does`) })}
      @click=${() => actions.preset(whose, undefined)}
    >
      ${text} ${iconView('close')}
    </button>`;
  }
  function conditionTexts({ isOut, frozen, latencyMs, loss }: CableState): string[] {
    if (isOut) return [t('is-out')];
    return [
      frozen && t('is-frozen'),
      latencyMs > 0 && t('is-slow', { ms: latencyMs }),
      loss > 0 && t('is-lossy', { percent: loss }),
    ].filter((text) => text !== false);
  }
}

/** The first face that is a thing: the client is drawn as it. */
function pictured(faces: ReadonlyMap<number, FaceModel> | undefined) {
  for (const { kind, value } of faces?.values() ?? []) {
    if (kind === 'lamp' || kind === 'door' || kind === 'bell') return { kind, value };
  }
  return undefined;
}

export const nameOf = ({ name, column }: Pick<StageClient, 'name' | 'column'>, words: Words) =>
  name || words('workbench.client.outside', { line: column?.line ?? '' });

function stateName(state: CableState | undefined): string {
  if (!state) return 'plain';
  if (state.isOut) return 'out';
  if (state.frozen) return 'frozen';
  return state.latencyMs > 0 ? 'slow' : state.loss > 0 ? 'lossy' : 'plain';
}
