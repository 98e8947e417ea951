export type EditorKind = 'monaco' | 'touch';

/** The editor for this machine. */
export const kindHere = (): EditorKind =>
  matchMedia('(pointer: coarse)').matches ? 'touch' : 'monaco';
