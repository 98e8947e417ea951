/** The grid as a table, and as a list for a phone. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, repeat, type TemplateResult } from '../../workbench/ui/view.ts';
import { countsOf, type Cell, type Column, type Row } from './grid.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

/** What a cell shows: a sign that no colour is needed for. */
export function cellText({ state, work }: Cell): string {
  switch (state) {
    case 'none':
      return '·';
    case 'passed':
      return '✓';
    case 'said':
      return '(✓)';
    case 'stuck':
      return `! ${work!.green}/${work!.checks}`;
    case 'working':
      return work!.checks > 0 ? `${work!.green}/${work!.checks}` : '…';
  }
}

/** The same in words. */
export const cellLabel = (row: Row, cell: Cell, t: Words): string =>
  t('class.cell', {
    name: row.member.name,
    exercise: cell.column.title,
    state: stateText(cell, t),
  });

export const stateText = ({ state, work }: Cell, t: Words): string =>
  t(`class.state.${state}`, {
    green: work?.green ?? 0,
    checks: work?.checks ?? 0,
    tries: work?.tries ?? 0,
  });

export function gridView(
  rows: readonly Row[],
  shown: readonly Column[],
  { model, actions, t }: { model: TeachModel; actions: TeachActions; t: Words },
): TemplateResult {
  return html`<div class="grid-scroll" tabindex="0" role="region" aria-label=${t('class.grid')}>
    <table class="grid" style=${`--columns:${shown.length}`} @keydown=${moveFocus}>
      <thead>
        <tr>
          <th scope="col" class="who">${t('class.learners', { n: rows.length })}</th>
          ${shown.map(
            (column) =>
              html`<th scope="col">
                <button
                  type="button"
                  class="name column"
                  @click=${() => actions.showExercise(column.id)}
                >
                  ${column.title}
                </button>
              </th>`,
          )}
        </tr>
        <tr class="counts">
          <th scope="row" class="who">${t('class.passedOf')}</th>
          ${shown.map((_, at) => countCell(rows, at, t))}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          model.isBoard ? [] : rows,
          ({ member }) => member.id,
          (row) =>
            html`<tr>
              <th scope="row" class="who">
                <button
                  type="button"
                  class="name"
                  data-seat=${row.member.seat ?? nothing}
                  data-focus=${`${row.member.id}`}
                  @click=${() => actions.showMember(row.member.id)}
                >
                  <i
                    class="presence"
                    data-here=${row.isHere ? 'yes' : nothing}
                    title=${t(row.isHere ? 'lead.present' : 'lead.absent')}
                    aria-hidden="true"
                  ></i>
                  <bdi>${row.member.name}</bdi> ${seatView(row.member, t)}
                </button>
                ${
                  row.isHere
                    ? html`<span class="visually-hidden">(${t('lead.present')})</span>`
                    : nothing
                }
              </th>
              ${row.cells.map(
                (cell) =>
                  html`<td>
                    <button
                      type="button"
                      class="cell"
                      data-state=${cell.state}
                      data-focus=${`${row.member.id} ${cell.column.id}`}
                      aria-label=${cellLabel(row, cell, t)}
                      @click=${() => actions.showCell(row.member.id, cell.column.id)}
                    >
                      ${cellText(cell)}
                    </button>
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Of a name of the list that nobody has picked. */
const seatView = ({ seat }: Row['member'], t: Words): TemplateResult | typeof nothing =>
  seat === 'free' ? html`<small class="seat">${t('names.free')}</small>` : nothing;

function countCell(rows: readonly Row[], at: number, t: Words): TemplateResult {
  const { passed, said, working, stuck } = countsOf(rows, at);
  const all = Math.max(1, rows.length);
  const part = (name: string, n: number): TemplateResult | typeof nothing =>
    n > 0 ? html`<i data-state=${name} style=${`width:${(n / all) * 100}%`}></i>` : nothing;
  return html`<td>
    <strong>${passed + said}</strong><span class="of"> / ${rows.length}</span>
    <span class="bar" aria-hidden="true">
      ${part('passed', passed + said)}${part('working', working)}${part('stuck', stuck)}
    </span>
    <small>${t('class.counts', { working, stuck })}</small>
  </td>`;
}

/** On a phone: one line for each learner, with the exercise that they are at. */
export function listView(
  rows: readonly Row[],
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  return html`<ul class="list" aria-label=${t('class.list')}>
    ${repeat(
      rows,
      ({ member }) => member.id,
      ({ member, latest, isHere }) =>
        html`<li>
          <button
            type="button"
            data-state=${latest?.state ?? 'none'}
            @click=${() =>
              latest
                ? actions.showCell(member.id, latest.column.id)
                : actions.showMember(member.id)}
          >
            <span class="name">
              <i class="presence" data-here=${isHere ? 'yes' : nothing} aria-hidden="true"></i>
              <bdi>${member.name}</bdi>
              ${seatView(member, t)}
              ${isHere ? html`<span class="visually-hidden">(${t('lead.present')})</span>` : nothing}
            </span>
            <span class="at">${latest ? latest.column.title : t('class.notBegun')}</span>
            ${
              latest
                ? html`<span class="sign" data-state=${latest.state}>
                    <span aria-hidden="true">${cellText(latest)}</span>
                    <span class="visually-hidden">${stateText(latest, t)}</span>
                  </span>`
                : nothing
            }
          </button>
        </li>`,
    )}
  </ul>`;
}

/** The arrow keys go from cell to cell, Home and End to the ends of a line. */
function moveFocus(event: KeyboardEvent): void {
  const button = (event.target as Element).closest('button');
  const cell = button?.closest<HTMLTableCellElement>('td, th');
  const line = cell?.parentElement as HTMLTableRowElement | null | undefined;
  if (!cell || !line) return;
  const body = line.parentElement as HTMLTableSectionElement;
  const [at, row] = [cell.cellIndex, [...body.rows].indexOf(line)];
  const targets: Record<string, [row: number, at: number]> = {
    ArrowRight: [row, at + 1],
    ArrowLeft: [row, at - 1],
    ArrowDown: [row + 1, at],
    ArrowUp: [row - 1, at],
    Home: [row, 0],
    End: [row, line.cells.length - 1],
  };
  const to = targets[event.key];
  const target = to && body.rows[to[0]]?.cells[to[1]]?.querySelector('button');
  if (!target) return;
  event.preventDefault();
  target.focus();
}
