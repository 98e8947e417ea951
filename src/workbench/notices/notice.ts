/** A notice: what went wrong, in words, with the one thing to do. */
export interface Notice {
  text: string;
  /** The one thing to do. */
  action?: { label: string; do(): void };
  /** Where there really are two. */
  second?: { label: string; do(): void };
  /** Something to take from it: a link, for example. */
  extra?: HTMLElement;
  tone?: 'wrong' | 'plain';
}
