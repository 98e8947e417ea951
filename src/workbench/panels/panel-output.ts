/** What the programs print and clients receive: a tab of the panels, or apart from them. */
export interface PanelOutput {
  element: HTMLElement;
  /** Call when it can be seen again. */
  show(): void;
  /** Lines of the run so far; `isWrong` if one of them is an error. */
  news(): { count: number; isWrong: boolean };
  /** Calls `listener` after the run has changed. Returns how to unsubscribe. */
  subscribe(listener: () => void): () => void;
}
