import type { Words } from '../../i18n/words.ts';
import type { Some } from '../../stage/broker-held.ts';
import type { StageClient, StageClients } from '../../stage/clients.ts';
import type { StageNews } from '../../stage/stage.ts';
import { html, nothing, repeat, type TemplateResult } from '../../ui/view.ts';
import { type BrokerModel, brokerView } from './broker-view.ts';
import { type ClientViewDeps, clientView, nameOf } from './client-view.ts';

export interface StageModel extends BrokerModel {
  clients: StageClients;
  /** The second broker, in a room that has one. */
  cloud: BrokerModel | undefined;
  /** What a screen reader says now. */
  said: string;
  /** Why the last request to the room failed, in a sentence. */
  failure: string;
}

/** The running exercise: publishers left, the broker in the middle, subscribers right. */
export function stageView(model: StageModel, deps: ClientViewDeps): TemplateResult {
  const { clients, said, failure, cloud } = model;
  const { words } = deps;
  return html`
    <div class="wb-stage-scene">
      ${side('left', clients.left)} ${brokerView(model, words)} ${side('right', clients.right)}
    </div>
    ${
      cloud && clients.cloud
        ? html`<div class="wb-stage-scene wb-stage-second">
            ${brokerView(cloud, words)} ${side('right', clients.cloud)}
          </div>`
        : nothing
    }
    <p class="wb-stage-failure" role="status">${failure}</p>
    <p class="wb-spoken" role="status" data-said>${said}</p>
  `;

  function side(name: 'left' | 'right', { shown, more }: Some<StageClient>) {
    return html`<ul
      class="wb-stage-side"
      data-side=${name}
      aria-label=${words(`panels.stage.${name}`)}
      ?hidden=${shown.length === 0}
    >
      ${repeat(
        shown,
        ({ key }) => key,
        (client) => clientView(client, deps),
      )}
      ${
        more > 0
          ? html`<li class="wb-stage-none">${words('panels.stage.more', { count: more })}</li>`
          : nothing
      }
    </ul>`;
  }
}

/** One sentence about the newest thing that happened, and how much more there was. */
export function newsText(news: { item: StageNews; more: number }, words: Words): string {
  const { item, more } = news;
  const client = nameOf({ name: item.client.name ?? '', column: item.client }, words);
  const sentence = sentenceOf(item, client, words);
  return more > 0 ? `${sentence} ${words('panels.stage.said.more', { count: more })}` : sentence;
}
function sentenceOf(item: StageNews, client: string, words: Words): string {
  const t = (key: string, values: Record<string, string | number>) =>
    words(`panels.stage.said.${key}`, values);
  if (item.what === 'will') return t('will', { client, topic: item.will.topic });
  if (item.what !== 'packet') return t(item.what, { client });
  const { kind, topic = '', fate } = item.label;
  const values = { client, packet: `${kind} ${topic}` };
  if (fate === 'passed') return t(item.direction, values);
  return t('struck', { ...values, fate: words(`workbench.fate.${fate}`) });
}
