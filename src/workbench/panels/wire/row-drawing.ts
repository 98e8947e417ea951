/** A row of the trace together with the lines and exchanges around it, as `draw.ts` wants it. */
import type { Words } from '../../i18n/words.ts';
import type { Column } from '../../trace/columns.ts';
import type { LifelineState, RowDrawing } from './draw.ts';
import type { Exchange } from './exchanges.ts';
import { pictureOf } from './picture.ts';
import type { LineLives, WireRow, WireRows } from './wire-rows.ts';

/** `shown`: the columns that are drawn. `chosen`: the exchange that is looked at. */
export function rowDrawing(
  row: WireRow,
  trace: WireRows,
  shown: readonly Column[],
  words: Words,
  chosen?: Exchange,
): RowDrawing {
  const before = livesByColumn(row.before.lines, trace);
  const after =
    row.after.lines === row.before.lines ? before : livesByColumn(row.after.lines, trace);
  return {
    picture: pictureOf(row, trace.columns, trace.lines, words),
    lives: shown.map((column) => ({
      column: column.key,
      before: column.isBroker ? 'broker' : (before.get(column) ?? 'none'),
      after: column.isBroker ? 'broker' : (after.get(column) ?? 'none'),
    })),
    brackets: bracketsOf(row, trace, shown, chosen),
    chosen: chosen !== undefined && row.exchange === chosen,
  };
}

/** A client with a line that works is open, whatever became of its others. */
function livesByColumn(lines: LineLives, trace: WireRows): Map<Column, LifelineState> {
  const lives = new Map<Column, LifelineState>();
  for (const [line, life] of lines) {
    const column = trace.columns.of(line);
    if (column && lives.get(column) !== 'open') lives.set(column, life);
  }
  return lives;
}

function bracketsOf(row: WireRow, trace: WireRows, shown: readonly Column[], chosen?: Exchange) {
  const before = row.before.exchanges.named;
  const after = row.after.exchanges.named;
  return [...new Set([...before, ...after])].flatMap((exchange) => {
    const column = trace.columns.of(exchange.line);
    if (!column || !shown.includes(column)) return [];
    const part = !before.includes(exchange)
      ? 'start'
      : after.includes(exchange)
        ? 'through'
        : 'end';
    const role = exchange.sender === 'broker' ? 'broker' : column.role;
    return [
      { column: column.key, lane: exchange.lane, part, role, chosen: exchange === chosen } as const,
    ];
  });
}
