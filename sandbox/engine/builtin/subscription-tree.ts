/** The index of subscriptions by topic level: a match costs the depth of the topic, not the number of filters. */

interface Level<T> {
  below: Map<string, Level<T>> | null;
  here: T[] | null;
}

export class SubscriptionTree<T> {
  readonly #root: Level<T> = { below: null, here: null };
  size = 0;

  add(filter: string, entry: T): void {
    let level = this.#root;
    for (const name of filter.split('/')) {
      level.below ??= new Map();
      let next = level.below.get(name);
      if (!next) level.below.set(name, (next = { below: null, here: null }));
      level = next;
    }
    (level.here ??= []).push(entry);
    this.size++;
  }

  remove(filter: string, entry: T): void {
    const path: { level: Level<T>; name: string }[] = [];
    let level: Level<T> | undefined = this.#root;
    for (const name of filter.split('/')) {
      path.push({ level, name });
      level = level.below?.get(name);
      if (!level) return;
    }
    const at = level.here?.indexOf(entry) ?? -1;
    if (at < 0) return;
    level.here!.splice(at, 1);
    this.size--;
    // Empty levels are removed, or a client could grow the tree without end.
    for (let i = path.length - 1; i >= 0; i--) {
      if (level.here?.length || level.below?.size) break;
      ({ level } = path[i]!);
      level.below!.delete(path[i]!.name);
    }
  }

  /** True if some filter starts with this level. */
  hasBelow(name: string): boolean {
    return this.#root.below?.has(name) ?? false;
  }

  /** Every entry whose filter matches, in no promised order. */
  match(topic: string): T[] {
    const found: T[] = [];
    collect(this.#root, topic.split('/'), 0, topic.startsWith('$'), found);
    return found;
  }
}

function collect<T>(
  level: Level<T>,
  topic: string[],
  depth: number,
  dollar: boolean,
  found: T[],
): void {
  const { below } = level;
  // [MQTT-4.7.2-1] A wildcard at the start doesn't match a topic that starts with $.
  const wildcards = !(dollar && depth === 0);
  // Section 4.7.1.2: # also matches the level above it.
  if (wildcards) take(below?.get('#'), found);
  if (depth === topic.length) return take(level, found);
  if (!below) return;
  const named = below.get(topic[depth]!);
  if (named) collect(named, topic, depth + 1, dollar, found);
  const any = wildcards ? below.get('+') : undefined;
  if (any) collect(any, topic, depth + 1, dollar, found);
}

function take<T>(level: Level<T> | undefined, found: T[]): void {
  if (level?.here) for (const entry of level.here) found.push(entry);
}
