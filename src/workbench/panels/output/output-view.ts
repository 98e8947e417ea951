import type { Words } from '../../i18n/words.ts';
import { iconView } from '../../ui/icons.ts';
import { html, nothing, repeat, type TemplateResult } from '../../ui/view.ts';
import type { WhoModel } from './who.ts';

export interface OutputModel {
  who: readonly WhoModel[];
  /** Name of the client that is shown alone; '' for all. */
  client: string;
  /** What programs receive is shown, too; undefined if they receive nothing. */
  withAll: boolean | undefined;
  /** What is not in the list, in a sentence; '' if all is. */
  leftOut: string;
  /** Older rows that can be asked for. */
  earlier: number;
  /** Shown instead of the list; undefined if there are rows. */
  empty: string | undefined;
  /** Every row is of one client: its name need not stand at each. */
  isAlone: boolean;
}
export interface OutputActions {
  choose(client: string): void;
  toggleAll(): void;
  showEarlier(): void;
}

/** Who is there, and below it what each printed and received. The rows draw themselves. */
export function outputView(
  { who, client, withAll, leftOut, earlier, empty, isAlone }: OutputModel,
  on: OutputActions,
  words: Words,
): TemplateResult {
  const hasChoice = who.length > 1 || who.some(({ filters }) => filters.length > 0);
  return html`<section
    role="group"
    class="wb-outcome"
    aria-label=${words('workbench.console.short')}
  >
    <div class="wb-outcome-head">
      <h3 class="wb-title">${words('workbench.console.short')}</h3>
      ${hasChoice ? whoView() : nothing}
      ${
        withAll === undefined
          ? nothing
          : html`<button
              type="button"
              class="wb-who"
              aria-pressed=${withAll}
              @click=${on.toggleAll}
            >
              ${iconView('down')}${words('workbench.output.all')}
            </button>`
      }
    </div>
    <p class="wb-left-out" ?hidden=${leftOut === ''}>${leftOut}</p>
    <p class="wb-left-out" ?hidden=${earlier === 0}>
      <button type="button" class="wb-link" @click=${on.showEarlier}>
        ${words('workbench.output.earlier', { count: earlier })}
      </button>
    </p>
    <p class="wb-empty" ?hidden=${empty === undefined}>${empty}</p>
    <div
      class="wb-console-lines"
      tabindex="0"
      role="log"
      translate="no"
      aria-label=${words('workbench.console')}
      ?data-alone=${isAlone}
      ?hidden=${empty !== undefined}
    ></div>
  </section>`;

  function whoView() {
    return html`<div class="wb-whos" role="group" aria-label=${words('workbench.output.who')}>
      ${repeat(
        who,
        ({ name }) => name,
        (one) => oneView(one),
      )}
    </div>`;
  }
  function oneView({ name, role, filters, received }: WhoModel) {
    const isChosen = name === client;
    const listens = words('workbench.scene.listens');
    return html`<button
      type="button"
      class="wb-who"
      data-role=${role}
      data-who=${name}
      translate="no"
      aria-pressed=${isChosen}
      title=${filters.length > 0 ? `${listens} ${filters.join(', ')}` : nothing}
      @click=${() => on.choose(isChosen ? '' : name)}
    >
      <span class="wb-shape"></span><b>${name}</b>
      ${
        filters.length > 0
          ? html`<span class="wb-spoken">${listens} </span>
              <span class="wb-topic wb-who-filters">${filters.join(', ')}</span>`
          : nothing
      }
      ${
        received > 0 || filters.length > 0
          ? html`<span class="wb-who-count" aria-hidden="true">${iconView('down')}${received}</span>
              <span class="wb-spoken"
                >${words('workbench.output.received', { count: received })}</span
              >`
          : nothing
      }
    </button>`;
  }
}
