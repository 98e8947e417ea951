/** The parsed command line: `struct mosq_config` of client/client_shared.h, 2.0.11. */
import type { QoS } from '../../../../sandbox/protocol/mqtt.ts';
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import { clientFactsOf, type ClientFacts } from './changes.ts';
import type { PropertyCommand, PropertyList } from './properties.ts';

export type ClientKind = 'pub' | 'sub' | 'rr';
export type MessageMode = 'none' | 'text' | 'stdin-lines' | 'stdin-file' | 'file' | 'null';

export interface ClientConfig {
  kind: ClientKind;
  /** What its version of Mosquitto does and says. */
  facts: ClientFacts;
  id?: string;
  idPrefix?: string;
  version: 3 | 4 | 5;
  keepAlive: number;
  host?: string;
  port?: number;
  qos: QoS;
  retain: boolean;
  mode: MessageMode;
  file?: string;
  message?: string;
  topic?: string;
  responseTopic?: string;
  repeatCount: number;
  repeatDelayMs: number;
  debug: boolean;
  quiet: boolean;
  maxInflight: number;
  userName?: string;
  password?: string;
  willTopic?: string;
  willPayload?: string;
  willQos: QoS;
  willRetain: boolean;
  cafile?: string;
  capath?: string;
  certfile?: string;
  keyfile?: string;
  psk?: string;
  pskIdentity?: string;
  useOsCertificates: boolean;
  noTls: boolean;
  keylog: boolean;
  webSocket: boolean;
  clean: boolean;
  filters: string[];
  filterOuts: string[];
  unsubscribes: string[];
  exitAfterSubscribe: boolean;
  noRetain: boolean;
  retainedOnly: boolean;
  removeRetained: boolean;
  verbose: boolean;
  endOfLine: boolean;
  messageCount: number;
  format?: string;
  pretty: boolean;
  timeoutSeconds: number;
  retainAsPublished: boolean;
  /** MQTT 5.0: which retained messages a subscription brings; 0: all. */
  retainHandling: 0 | 1 | 2;
  /** Seconds; -1 if it was not given. */
  sessionExpiry: number;
  /** Of 10,000 messages, how many are shown. */
  randomFilter: number;
  haveTopicAlias: boolean;
  properties: Record<PropertyCommand, PropertyList>;
}

export const infinite = 0xffff_ffff;

/** `init_config` */
export function newConfig(kind: ClientKind, installed: MosquittoVersion): ClientConfig {
  return {
    kind,
    facts: clientFactsOf(installed),
    version: kind === 'rr' ? 5 : 4,
    keepAlive: 60,
    qos: 0,
    retain: false,
    mode: 'none',
    repeatCount: 1,
    repeatDelayMs: 0,
    debug: false,
    quiet: false,
    maxInflight: 20,
    willQos: 0,
    willRetain: false,
    useOsCertificates: false,
    noTls: false,
    keylog: false,
    webSocket: false,
    clean: true,
    filters: [],
    filterOuts: [],
    unsubscribes: [],
    exitAfterSubscribe: false,
    noRetain: false,
    retainedOnly: false,
    removeRetained: false,
    verbose: false,
    endOfLine: true,
    messageCount: kind === 'rr' ? 1 : 0,
    pretty: false,
    timeoutSeconds: 0,
    retainAsPublished: false,
    retainHandling: 0,
    sessionExpiry: -1,
    randomFilter: 10_000,
    haveTopicAlias: false,
    properties: {
      connect: [],
      publish: [],
      subscribe: [],
      unsubscribe: [],
      disconnect: [],
      will: [],
    },
  };
}
