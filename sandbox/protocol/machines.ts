/** The machines of an exercise in which not all programs run where the broker runs. */
export interface Machines {
  /** What the broker's machine is called, for a program that runs there; `localhost` is it, too. */
  broker: readonly string[];
  /**
   * The programs that run elsewhere, without `.ts`, and what each calls the broker's machine: its own
   * `localhost` is a machine without a broker.
   */
  elsewhere: Readonly<Record<string, readonly string[]>>;
}

/** What a program, or a terminal, calls the broker's machine beside `localhost`. */
export const namesFor = (machines: Machines | undefined, program: string): readonly string[] =>
  machines && Object.hasOwn(machines.elsewhere, program)
    ? machines.elsewhere[program]!
    : (machines?.broker ?? []);

/** A name or an IPv4 address, in small letters, as one line of a program's URL. */
export const isHostName = (host: string): boolean => /^[a-z\d][a-z\d.-]{0,62}$/.test(host);
