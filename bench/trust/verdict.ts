/** The bounds of a row, and the table. */
import type { RowResult } from './row.ts';

export const bounds = { worstMs: 250, p99Ms: 50, megabytes: 300, classSlowerMs: 100 } as const;
/** Bounds of the control: above them the machine was busy, and times prove nothing. */
const calmMachine = { worstMs: 60, p99Ms: 15 } as const;

export const worstOf = ({ message, others }: RowResult): number =>
  Math.max(message.worst, ...Object.values(others).map(({ worst }) => worst));

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);

/** Bounds that do not depend on the machine's speed. */
export function countedFaults(row: RowResult): string[] {
  const faults: string[] = [];
  if (row.died !== null) faults.push(`the process ended (${row.died})`);
  for (const [why, count] of Object.entries(row.refused)) faults.push(`${count} × ${why}`);
  if (row.megabytes > bounds.megabytes) faults.push(`${row.megabytes.toFixed(0)} MB`);
  if (!row.done['sent']) faults.push('the attack did nothing');
  if (row.message.count === 0) faults.push('no message came through');
  return faults;
}

export function slowFaults(row: RowResult): string[] {
  const faults: string[] = [];
  const worst = worstOf(row);
  if (worst > bounds.worstMs) faults.push(`worst ${worst.toFixed(0)} ms`);
  if (row.message.p99 > bounds.p99Ms) faults.push(`p99 ${row.message.p99.toFixed(0)} ms`);
  if ((row.classSlowerMs ?? 0) > bounds.classSlowerMs)
    faults.push(`a class slowed by ${row.classSlowerMs!.toFixed(0)} ms`);
  return faults;
}

/** Whether other programs of the machine may have caused times over a bound. */
export function mayBeMachine(row: RowResult): boolean {
  const { control } = row;
  const isBusy = control.worst > calmMachine.worstMs || control.p99 > calmMachine.p99Ms;
  return isBusy && worstOf(row) < bounds.worstMs + 3 * control.worst;
}

export const head = [
  'row',
  'on',
  'what one does',
  'sent',
  'p50 ms',
  'p99 ms',
  'worst ms',
  'others ms',
  'refused',
  'MB more',
  'class slower ms',
  'control p99, worst ms',
  'verdict',
];

export function cells(row: RowResult): string[] {
  const { message, others, control } = row;
  const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
  const ofOthers = Object.entries(others).map(([kind, { worst }]) => `${kind} ${ms(worst)}`);
  const faults = [...countedFaults(row), ...slowFaults(row)];
  return [
    row.name,
    row.transport,
    row.what,
    (row.done['sent'] ?? 0).toLocaleString('en'),
    ms(message.p50),
    ms(message.p99),
    ms(message.worst),
    ofOthers.join(', '),
    String(sum(row.refused)),
    row.megabytes.toFixed(0),
    row.classSlowerMs === null ? '' : ms(row.classSlowerMs),
    `${ms(control.p99)}, ${ms(control.worst)}`,
    faults.length === 0
      ? 'ok'
      : `**${faults.join('; ').replaceAll('|', '/').replaceAll('\n', ' ')}**`,
  ];
}
