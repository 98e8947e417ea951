import { describe, expect, it } from 'vitest';
import { mosquittoVersions } from '../../../protocol/mosquitto.ts';
import type { BrokerName } from '../../../protocol/exercise.ts';
import { differences, ofTheMachine, withoutAddresses } from '../compare.ts';
import { whyNoReference } from '../mosquitto.ts';
import { bridgeCases } from './cases.ts';
import { barrier, described, type BridgedPair } from './pair.ts';
import { roomOfTwo } from './room-of-two.ts';
import { play, type BridgeStep } from './script.ts';
import { twoMosquittos } from './two-mosquittos.ts';

interface Played {
  /** What the clients got. */
  clients: string[];
  /** The packets of the bridge, of each end. */
  house: string[];
  cloud: string[];
  /** The first of each line that the brokers log. */
  houseLog: string[];
  cloudLog: string[];
}

async function played(pair: BridgedPair, steps: readonly BridgeStep[]): Promise<Played> {
  try {
    const clients = (await play(pair, steps)).map((line) => pair.own(line));
    return {
      clients,
      house: described(pair, 'house'),
      cloud: described(pair, 'cloud'),
      houseLog: logOf(pair, 'house'),
      cloudLog: logOf(pair, 'cloud'),
    };
  } finally {
    await pair.stop();
  }
}

/**
 * `denied-publish-is-logged`, `refused-client-is-named` and `a-session-that-is-resumed` of
 * docs/mosquitto-differences.md, and what the script does.
 */
const isKnown = new RegExp(`^Denied PUBLISH|session taken over|${barrier}`);

/** A bridge that is not accepted tries again as often as there is time. */
function logOf(pair: BridgedPair, broker: BrokerName): string[] {
  const lines = withoutAddresses(pair.log(broker)).map((line) =>
    pair.own(line).replace('Client <unknown> disconnected', 'Client house.cloud disconnected'),
  );
  return [...new Set(lines)].filter((line) => !ofTheMachine.test(line) && !isKnown.test(line));
}

describe.each(mosquittoVersions)('bridges of Mosquitto %s and of the sandbox', (version) => {
  const missing = whyNoReference(version);
  if (missing !== undefined) console.warn(`Not compared with Mosquitto ${version}: ${missing}`);

  it
    .skipIf(missing !== undefined)
    .concurrent.each(bridgeCases.map((each) => [each.name, each] as const))(
    '%s',
    { timeout: 180_000 },
    async (_name, { files, steps }) => {
      const theirs = await played(await twoMosquittos(version, files), steps);
      const ours = await played(await roomOfTwo(version, files), steps);
      const found = (['clients', 'house', 'cloud', 'houseLog', 'cloudLog'] as const).flatMap(
        (part) => differences(theirs[part], ours[part]).map((line) => `${part} ${line}`),
      );
      expect(found).toEqual([]);
      expect(theirs.house.length).toBeGreaterThan(0);
    },
  );
});
