/** What the cases of the engines' suite are given. */
import type { Broker, BrokerOptions, EngineCapabilities } from '../../engine/broker.ts';

export interface EngineSuite {
  /** A broker of the test's own, closed after it; one outside has limits of its own. */
  start(
    options?: Pick<BrokerOptions, 'limits'>,
  ): Promise<Broker & Pick<EngineCapabilities, 'publish'>>;
  /** Titles are unique in the suite: an engine's differences are listed by them. */
  test(title: string, body: () => Promise<void>): void;
}
