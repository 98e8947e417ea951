/** The state of a server for those who run it. */
export class Operation {
  /** It ends: nothing new begins, and pages are told when to come back. */
  stopping = false;
  /** HTTP responses by status. */
  readonly responses = new Map<number, number>();

  responded(status: number): void {
    this.responses.set(status, (this.responses.get(status) ?? 0) + 1);
  }
}
