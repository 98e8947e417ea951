/** The whole class as it publishes: numbers, groups of people, groups of topics, and the last messages. */
import type { SharedPicture } from '../../../sandbox/protocol/shared-room.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, repeat, svg, type TemplateResult } from '../../workbench/ui/view.ts';
import { groupNames, groupsOf, stripOf, type GroupName } from './people.ts';

export interface StageShown {
  picture: SharedPicture;
  /** For the projector: large, and without names. */
  isBoard: boolean;
  language: string;
}

/** With more people than this a person is a dot. */
const mostNames = 48;

export function stageView(shown: StageShown, t: Words): TemplateResult {
  const { picture } = shown;
  return html`${numbersView(shown, t)}
    <div class="stage-grid">
      <section aria-labelledby="stage-who">
        <h2 id="stage-who">${t('shared.who')}</h2>
        ${peopleView(shown, t)}
      </section>
      <section aria-labelledby="stage-what">
        <h2 id="stage-what">${t('shared.what')}</h2>
        ${picture.topics.length === 0 ? html`<p class="soft">${t('shared.what.none', { address: 'mqtt://class' })}</p>` : topicsView(shown, t)}
      </section>
      ${picture.latest.length === 0 ? nothing : latestView(shown, t)}
    </div>`;
}

function numbersView({ picture, language }: StageShown, t: Words): TemplateResult {
  const { learners, perSecond, messages, retained, refused, members } = picture;
  const here = members.filter(({ lines }) => lines > 0).length;
  const format = new Intl.NumberFormat(language);
  const one = (value: number, label: string, title?: string): TemplateResult =>
    html`<div title=${title ?? nothing}>
      <dd>${format.format(value)}</dd>
      <dt>${label}</dt>
    </div>`;
  return html`<dl class="stage-numbers">
    ${one(here, t('shared.number.here', { all: learners }))}
    ${one(perSecond, t('shared.number.rate'))} ${one(messages, t('shared.number.messages'))}
    ${one(retained, t('shared.number.retained'))}
    ${refused > 0 ? one(refused, t('shared.number.refused'), t('shared.number.refused.text')) : nothing}
  </dl>`;
}

function peopleView({ picture, isBoard }: StageShown, t: Words): TemplateResult {
  const groups = groupsOf(picture.members);
  const isNamed = !isBoard && picture.members.length <= mostNames;
  const never = picture.learners - picture.members.length;
  const group = (name: GroupName): TemplateResult => {
    const people = groups[name];
    return html`<div class="stage-group" data-group=${name}>
      <h3>
        <strong>${people.length}</strong>
        ${t(`shared.group.${name}`)}
      </h3>
      <ul class=${isNamed ? 'names' : 'dots'}>
        ${repeat(
          people,
          ({ handle }) => handle,
          ({ handle, name: called, messages }) => {
            const words = t('shared.dot', { handle, name: called, n: messages });
            if (isNamed)
              return html`<li title=${words}>
                ${handle}${isNumbered(handle) ? html` <bdi>${called}</bdi>` : nothing}
              </li>`;
            return isBoard ? html`<li></li>` : html`<li title=${words}></li>`;
          },
        )}
      </ul>
    </div>`;
  };
  return html`${groupNames.map(group)}
  ${never > 0 ? html`<p class="soft small">${t('shared.group.never', { n: never })}</p>` : nothing}`;
}

/** A name in topics that does not tell who it is. */
const isNumbered = (handle: string): boolean => /^member-\d+$/.test(handle);

function topicsView({ picture, isBoard, language }: StageShown, t: Words): TemplateResult {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const { topics, otherTopics } = picture;
  // In the order of the letters: rows that jump are no calm picture.
  const rows = [...topics].sort((a, b) => a.topic.localeCompare(b.topic, 'en'));
  return html`<table class="stage-topics">
      <thead>
        <tr>
          <th scope="col">${t('shared.topic')}</th>
          <th scope="col" class="count">${t('shared.topic.members')}</th>
          <th scope="col" class="count">${t('shared.topic.messages')}</th>
          <th scope="col">${t('shared.topic.last')}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          ({ topic }) => topic,
          ({ topic, members, messages, last, numbers }) =>
            html`<tr>
              <th scope="row"><code>${breakable(topic)}</code></th>
              <td class="count" data-label=${t('shared.topic.members')}>${members}</td>
              <td class="count" data-label=${t('shared.topic.messages')}>
                ${format.format(messages)}
              </td>
              <td class="last">
                ${stripView(numbers ?? [], format, t)}
                ${
                  numbers && numbers.length > 1
                    ? nothing
                    : html`<span class="said" dir="auto">${last.text}</span>
                        ${isBoard ? nothing : html`<span class="soft small from">${last.from}</span>`}`
                }
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${otherTopics > 0 ? html`<p class="soft small">${t('shared.topic.others', { n: otherTopics })}</p>` : nothing}`;
}

/** A line may break behind a slash. */
const breakable = (topic: string): unknown[] =>
  topic.split(/(?<=\/)/).map((level) => html`${level}<wbr />`);

function stripView(
  numbers: readonly number[],
  format: Intl.NumberFormat,
  t: Words,
): TemplateResult | typeof nothing {
  const strip = stripOf(numbers);
  if (!strip) return nothing;
  const [least, middle, most] = [strip.least, strip.middle, strip.most].map((n) =>
    format.format(n),
  );
  const label = t('shared.topic.strip', {
    n: numbers.length,
    least: least!,
    middle: middle!,
    most: most!,
  });
  return html`<span class="strip" title=${label}>
    <span aria-hidden="true">${least}</span>
    <svg viewBox="0 0 104 16" role="img" aria-label=${label} preserveAspectRatio="none">
      <line x1="2" x2="102" y1="8" y2="8" vector-effect="non-scaling-stroke" />
      ${strip.marks.map((at) => svg`<line class="mark" x1=${2 + at * 100} x2=${2 + at * 100} y1="2" y2="14" vector-effect="non-scaling-stroke" />`)}
    </svg>
    <span aria-hidden="true">${most}</span>
  </span>`;
}

function latestView({ picture, isBoard }: StageShown, t: Words): TemplateResult {
  return html`<section class="stage-latest" aria-labelledby="stage-latest">
    <h2 id="stage-latest">${t('shared.latest')}</h2>
    <ol>
      ${picture.latest.map(
        ({ from, topic, text, retain }) =>
          html`<li>
            <code>${breakable(isBoard ? withoutName(topic, from) : topic)}</code>
            <span class="said" dir="auto">${text}</span>
            ${retain ? html`<span class="soft small">${t('shared.retained')}</span>` : nothing}
            ${isBoard || topic.startsWith(`class/${from}/`) ? nothing : html`<span class="soft small from">${from}</span>`}
          </li>`,
      )}
    </ol>
  </section>`;
}

const withoutName = (topic: string, from: string): string =>
  topic.startsWith(`class/${from}/`) ? topic.replace(`/${from}/`, '/…/') : topic;
