/** How proofs and predictions quote what went over the wire. */
import type { TraceEntry } from '../protocol/trace.ts';

/** Of one payload or name. */
const longest = 80;

/** A payload as text, cut to a length that a sentence can hold. */
export function quote(payload: Uint8Array | string): string {
  const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Seconds since the run began, as the list of packets shows them. */
export const secondsOf = ({ at }: Pick<TraceEntry, 'at'>): string => (at / 1000).toFixed(3);
