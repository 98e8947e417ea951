/**
 * Decides when a program ends: when Node would exit, that is evaluated, no line open, no timer
 * left. A module that awaits for ever with nothing left to wake it ends too, but only after two
 * heartbeats without activity: it may wait for something that is not counted (an import, a digest).
 */
export class ProgramLife {
  evaluated = false;
  #lines = 0;
  #held = false;
  #quietBeats = 0;
  #over = false;
  #timers: () => number;
  #soon: (callback: () => void) => void;
  #ended: () => void;

  constructor(options: { timers(): number; soon(callback: () => void): void; ended(): void }) {
    this.#timers = options.timers;
    this.#soon = options.soon;
    this.#ended = options.ended;
  }

  lineOpened(): void {
    this.#lines++;
  }
  lineClosed(): void {
    this.#lines--;
    this.changed();
  }
  /** Something outside may still call into the program: a button, for example. */
  hold(): void {
    this.#held = true;
  }
  /** It was asked to end: its clients have disconnected, and nothing else counts. */
  finish(): void {
    this.#end();
  }
  get lines(): number {
    return this.#lines;
  }
  /** Checks again one turn later: what has just ended may start something new. */
  changed(): void {
    if (this.evaluated && this.#idle()) this.#soon(() => this.#idle() && this.#end());
  }
  beat(): void {
    this.#quietBeats = this.#idle() ? this.#quietBeats + 1 : 0;
    if (this.#quietBeats >= 2) this.#end();
  }
  /** Nothing is sent after a failure. */
  stop(): void {
    this.#over = true;
  }

  #idle(): boolean {
    return !this.#over && !this.#held && this.#lines === 0 && this.#timers() === 0;
  }
  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#ended();
  }
}
