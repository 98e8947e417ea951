/**
 * The pace at which a class grows: a stranger who knows its code must not fill it before the teacher
 * sees it. A class behind one address that joins within two minutes, 60 or 200 of them, is never refused:
 * in a rush each waits a little.
 */
import { SandboxError } from '../../shared/errors.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';

/** From one network address: the whole class may be behind it. 60 at once, 300 in two minutes. */
const ofAddress = { burst: 60, perSecond: 2 };
/** Into one class, from everywhere: one address alone never takes all of it. */
const ofClass = { burst: 80, perSecond: 3 };
/** A join waits at most so long, which is less than a page waits for its response; milliseconds. */
const mostWaitMs = 5_000;
/** Addresses that are remembered. */
const mostAddresses = 10_000;

export class JoinPace {
  readonly #addresses = new Map<string, TokenBucket>();
  readonly #classes = new Map<string, TokenBucket>();

  /**
   * Resolves when it is this join's turn. A page that is refused tries again by itself.
   * @throws SandboxError `joins-busy`
   */
  async turn(remote: string, classId: string): Promise<void> {
    const buckets = [
      bucketOf(this.#addresses, remote, ofAddress),
      bucketOf(this.#classes, classId, ofClass),
    ];
    const waitMs = Math.max(...buckets.map((bucket) => bucket.take(1)));
    if (waitMs > mostWaitMs) {
      for (const bucket of buckets) bucket.take(-1);
      throw new SandboxError('joins-busy');
    }
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

function bucketOf(
  all: Map<string, TokenBucket>,
  name: string,
  { burst, perSecond }: { burst: number; perSecond: number },
): TokenBucket {
  if (all.size >= mostAddresses) for (const [other, { full }] of all) if (full) all.delete(other);
  if (all.size >= mostAddresses) all.clear();
  let bucket = all.get(name);
  if (!bucket) all.set(name, (bucket = new TokenBucket(perSecond, burst)));
  return bucket;
}
