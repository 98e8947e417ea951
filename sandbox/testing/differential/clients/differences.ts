/** Every difference between our clients and Debian's, and no other; `docs/mosquitto-differences.md` says why. */
export interface ClientDifference {
  id: string;
  /** By the command line: `-` the real program's, `+` ours. */
  seen: Readonly<Record<string, readonly string[]>>;
}

export const clientDifferences: readonly ClientDifference[] = [];
