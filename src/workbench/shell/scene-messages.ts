import type { PacketEntry } from '../../../sandbox/protocol/trace.ts';
import type { RecordView } from '../run/record.ts';
import type { Words } from '../i18n/words.ts';
import { isAtEnd, scrollToEnd } from '../ui/list-end.ts';
import { createView, guard, html, nothing, repeat, type TemplateResult } from '../ui/view.ts';
import { previewOf } from '../trace/payload-preview.ts';
import { SceneReceived } from './scene-received.ts';
import { pacedBy } from '../ui/paced-by.ts';
import { secondsOf } from '../trace/packet-rows.ts';

/**
 * Each drawing lays out the list twice, to keep its end in sight. More drawings a second than this
 * allows are not read by anybody; milliseconds from one to the next.
 */
const restMs = 150;

/** Drawn for each actor; older ones are counted. */
const mostShown = 50;

interface ActorModel {
  name: string;
  subscribes: readonly string[];
  /** Messages that it has received, oldest first. */
  received: readonly PacketEntry[];
}

/** What the clients of the scene have received: where the learner sees that somebody did. */
export function createSceneMessages(
  actors: readonly { name: string; subscribes: string[] }[],
  record: RecordView,
  words: Words,
): HTMLElement | undefined {
  const listeners = actors.filter(({ subscribes }) => subscribes.length > 0);
  if (listeners.length === 0) return undefined;
  const received = new SceneReceived();
  const models = (): ActorModel[] =>
    listeners.map((actor) => ({ ...actor, received: received.of(actor.name) }));
  const { element, draw } = createView(() => sceneView(models(), words));

  let drawn = '';
  function drawNews(): void {
    received.sync(record);
    const state = [record.generation, ...models().map((one) => one.received.length)].join();
    if (state === drawn) return;
    drawn = state;
    const atEnd = [...element.querySelectorAll('.wb-heard')].filter(isAtEnd);
    draw();
    atEnd.forEach(scrollToEnd);
  }
  record.subscribe(pacedBy(drawNews, restMs));
  return element;
}

function sceneView(actors: readonly ActorModel[], words: Words): TemplateResult {
  return html`<section role="group" class="wb-scene" aria-label=${words('workbench.scene')}>
    ${actors.map((actor) => actorView(actor, words))}
  </section>`;
}

/** New messages are added at the end, so that a live region reads just them. */
function actorView({ name, subscribes, received }: ActorModel, words: Words): TemplateResult {
  const isEmpty = received.length === 0;
  const shown = received.slice(-mostShown);
  const count = received.length - shown.length;
  return html`<article class=${isEmpty ? 'wb-actor' : 'wb-actor wb-actor-heard'}>
    <h4 class="wb-actor-name" data-role="subscriber">
      <span class="wb-shape" title=${words('workbench.role.subscriber')}></span
      ><span translate="no">${name}</span>
      <span class="wb-actor-listens">${words('workbench.scene.listens')} </span>
      ${subscribes.map((filter) => html`<code class="wb-topic">${filter}</code>`)}
    </h4>
    <p class="wb-empty" ?hidden=${!isEmpty}>${words('workbench.scene.nothing')}</p>
    <ol
      class="wb-heard"
      translate="no"
      aria-live="polite"
      tabindex="0"
      aria-label=${name}
      ?hidden=${isEmpty}
    >
      ${
        count > 0
          ? html`<li class="wb-left-out">${words('workbench.scene.left-out', { count })}</li>`
          : nothing
      }
      ${repeat(
        shown,
        (entry) => entry,
        (entry) => guard([entry], () => messageView(entry, words)),
      )}
    </ol>
  </article>`;
}

function messageView(entry: PacketEntry, words: Words): TemplateResult {
  const { payload, topic } = SceneReceived.messageOf(entry);
  const text = payload.length === 0 ? words('workbench.payload.empty') : previewOf(payload, 300);
  return html`<li class="wb-message" data-n=${entry.n}>
    <span class="wb-message-payload">${text}</span>
    <span class="wb-topic">${topic}</span>
    <span class="wb-packet-time">${words('workbench.time', { seconds: secondsOf(entry.at) })}</span>
  </li>`;
}
