import type { Field } from '../../../../sandbox/protocol/mqtt.ts';
import type { Words } from '../../i18n/words.ts';
import { fieldName } from '../../trace/field-names.ts';
import { covers, fieldsAt, type HexByte, type HexRow } from '../../ui/hex.ts';
import { guard, html, nothing, type TemplateResult } from '../../ui/view.ts';

export interface HexModel {
  /** Prefix of the bytes' element ids. */
  id: string;
  rows: readonly HexRow[];
  perRow: number;
  fields: readonly Field[];
  /** Index of the byte at hand; -1 if there is none. */
  at: number;
  marked: readonly Field[];
}
export interface HexActions {
  /** The pointer is over this byte, or over none. */
  over(index: number | undefined): void;
  /** The reader wants this byte at hand. */
  point(index: number): void;
  escape(): void;
}

/** Bytes in hexadecimal and as characters. */
export function hexView(
  { id, rows, perRow, fields, at, marked }: HexModel,
  on: HexActions,
  words: Words,
): TemplateResult {
  const count = rows.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const key = (event: KeyboardEvent): void => {
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at < 0 ? 0 : at + perRow,
      ArrowUp: at - perRow,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (event.key === 'Escape') on.escape();
    if (to === undefined) return;
    event.preventDefault();
    if (to >= 0 && to < count) on.point(to);
  };
  const over = ({ target }: Event) => {
    const index = indexOf(target);
    if (index !== undefined) on.over(index);
  };
  const click = ({ target }: Event) => {
    const index = indexOf(target);
    if (index !== undefined) on.point(index);
  };
  return html`<div
    class="wb-hex"
    role="grid"
    tabindex="0"
    aria-label=${words('workbench.detail.bytes-label')}
    aria-activedescendant=${at < 0 ? nothing : `${id}-${at}`}
    .style=${`--wb-per-row:${perRow}`}
    @pointerover=${over}
    @pointerleave=${() => on.over(undefined)}
    @click=${click}
    @keydown=${key}
  >
    ${rows.map(rowView)}
  </div>`;

  function rowView({ offset, bytes }: HexRow) {
    const classes = bytes.map(({ index }) =>
      [index === at && 'wb-at', marked.some((field) => covers(field, index)) && 'wb-marked']
        .filter(Boolean)
        .join(' '),
    );
    return guard(
      [classes.join()],
      () =>
        html`<div class="wb-hex-row" role="row">
          <span class="wb-hex-offset" aria-hidden="true">${offset}</span>
          <span class="wb-hex-bytes" role="presentation">
            ${bytes.map((byte, i) => byteView(byte, classes[i]!))}
          </span>
          <span class="wb-hex-ascii" aria-hidden="true">
            ${bytes.map(
              ({ index, ascii }, i) =>
                html`<span class=${classes[i]!} data-byte=${index}>${ascii}</span>`,
            )}
          </span>
        </div>`,
    );
  }
  function byteView({ index, hex }: HexByte, name: string) {
    const names = fieldsAt(fields, index).map((i) => fieldName(fields[i]!, words));
    const label = words('workbench.detail.byte', { index, hex, field: names.join(', ') });
    return html`<span
      role="gridcell"
      id="${id}-${index}"
      class=${name}
      data-byte=${index}
      aria-label=${label}
      >${hex}</span
    >`;
  }
}

function indexOf(target: EventTarget | null): number | undefined {
  const byte = (target as Element).closest<HTMLElement>('[data-byte]')?.dataset.byte;
  return byte === undefined ? undefined : Number(byte);
}
