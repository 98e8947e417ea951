import type * as Mqtt from 'mqtt';
import type { LineTarget } from '../messages.ts';
import { judge } from './broker-url.ts';
import type { UrlVerdict } from './broker-url.ts';
import { lineStream } from './line.ts';
import type { DuplexClass, Stream } from './line.ts';
import { helloOf } from './tls.ts';
import { makeByteMeter, MAX_BYTES_PER_SECOND } from '../byte-meter.ts';
import { makeOutgoingStore } from './outgoing-store.ts';

type Library = typeof Mqtt;
type Options = Mqtt.IClientOptions;

export interface MqttEnvironment {
  library: Library;
  Duplex: DuplexClass;
  /** Gives a fresh line to the room. */
  openLine(target: LineTarget): MessagePort;
  /** Any port may be a listener's: `StartDevice.anyPort`. */
  anyPort: boolean;
  /** The program has certificates beside it. */
  tls: boolean;
  /** `StartDevice.hosts` */
  hosts: readonly string[];
  clientMade(client: Mqtt.MqttClient): void;
  lineOpened(stream: Stream): void;
  /** The program sends more than the page can take in. */
  flooded(): void;
  /** Reported once for each URL. */
  mapped(url: string): void;
  /** The error's text for an address that is not the room, in the learner's language. */
  explain(verdict: Extract<UrlVerdict, { room: false }>): string;
}

/**
 * The `mqtt` that a program imports: the real MQTT.js; each of its connections is a line to the
 * room.
 */
export function makeMqtt(environment: MqttEnvironment): Library {
  const { library, Duplex } = environment;
  const OutgoingStore = makeOutgoingStore(library.Store);
  const said = new Set<string>();
  const meter = makeByteMeter();
  const maySend = (bytes: number): boolean => {
    const may = meter(bytes);
    if (!may) environment.flooded();
    return may;
  };

  class MqttClient extends library.MqttClient {
    constructor(streamBuilder: ConstructorParameters<typeof Mqtt.MqttClient>[0], options: Options) {
      super(streamBuilder, {
        ...options,
        // MQTT.js would first make a buffer of each number below 65,536, in every run of every program.
        writeCache: options?.writeCache ?? false,
        outgoingStore: options?.outgoingStore ?? new OutgoingStore(),
      });
      this.on('packetsend', (packet) => {
        if (this.outgoingStore instanceof OutgoingStore) this.outgoingStore.wasSent(packet);
      });
    }
    override reconnect(options?: Parameters<Mqtt.MqttClient['reconnect']>[0]): this {
      const stores = { incomingStore: new library.Store(), outgoingStore: new OutgoingStore() };
      super.reconnect(options ?? stores);
      return this;
    }
  }

  const { publish } = library.MqttClient.prototype;
  /** Before it is encoded, which takes a multiple of its length in memory. */
  function publishMetered(
    this: MqttClient,
    ...given: Parameters<Mqtt.MqttClient['publish']>
  ): Mqtt.MqttClient {
    if (!(given[1]?.length > MAX_BYTES_PER_SECOND)) return publish.apply(this, given);
    environment.flooded();
    return this;
  }
  MqttClient.prototype.publish = publishMetered as Mqtt.MqttClient['publish'];

  function check(
    address: { protocol?: string; host?: string; hostname?: string; port?: number },
    options: Options,
  ): LineTarget {
    const host = address.host ?? address.hostname;
    const { anyPort, tls, hosts } = environment;
    const verdict = judge({ ...address, host, anyPort, tls, hosts });
    if (!verdict.room) throw new Error(environment.explain(verdict));
    if (!said.has(verdict.url) && said.size < 100) {
      said.add(verdict.url);
      environment.mapped(verdict.url);
    }
    if (!verdict.secure) return verdict.target;
    return { ...verdict.target, tls: helloOf(host || 'localhost', options) };
  }

  function connect(url?: string | Options, given?: Options): Mqtt.MqttClient {
    const options = optionsOf(url, given);
    Object.assign(options, secured(options));
    const targets = (options.servers ?? [options]).map((server) =>
      check({ ...server, protocol: server.protocol ?? options.protocol }, options),
    );
    let tries = 0;
    // A worker's own timers: the library would otherwise start one more worker for them.
    options.timerVariant ??= 'native';
    const client = new MqttClient(() => {
      const target = targets[tries++ % targets.length]!;
      const port = environment.openLine(target);
      const stream = lineStream(Duplex, port, maySend, target.tls?.name);
      environment.lineOpened(stream);
      return stream as unknown as ReturnType<ConstructorParameters<typeof Mqtt.MqttClient>[0]>;
    }, options);
    environment.clientMade(client);
    // As MQTT.js's own connect: an error without a listener does not end the program.
    client.on('error', () => {});
    return client;
  }

  function connectAsync(
    url: string | Options,
    options?: Options,
    allowRetries = true,
  ): Promise<Mqtt.MqttClient> {
    return new Promise((resolve, reject) => {
      const client = connect(url, options);
      const done = (settle: () => void) => () => {
        client
          .off('connect', connected)
          .off('end', connected)
          .off('error', failed)
          .off('close', closed);
        settle();
      };
      const connected = done(() => resolve(client));
      const fail = (error: Error): void =>
        done(() => {
          client.end();
          reject(error);
        })();
      const failed = (error: Error): void => fail(error);
      const closed = (): void => fail(new Error("Couldn't connect to server"));
      client.on('connect', connected).on('end', connected).on('error', failed);
      if (!allowRetries) client.on('close', closed);
    });
  }

  const own = { connect, connectAsync, MqttClient, Client: MqttClient };
  return Object.freeze({ ...library, ...own, default: undefined }) as unknown as Library;
}

/** URL and options → options, as MQTT.js's connect reads them. */
function optionsOf(url: string | Options | undefined, given: Options | undefined): Options {
  if (typeof url === 'object' && !given) return withAuth({ ...url });
  if (!url || typeof url !== 'string') return withAuth({ ...given });
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(url.trim());
  if (!match && !given?.protocol) throw new Error('Missing protocol');
  const [, scheme = '', rest = url] = match ?? [];
  // Only a URL of a special scheme gives every browser the same host and port.
  const parsed = new URL(`http://${rest}`);
  const port = /:(\d+)$/.exec(rest.split(/[/?#]/)[0] ?? '')?.[1];
  const options: Options = { host: parsed.hostname };
  if (port) options.port = Number(port);
  if (scheme) options.protocol = scheme.toLowerCase() as NonNullable<Options['protocol']>;
  if (parsed.username) options.username = decodeURIComponent(parsed.username);
  if (parsed.password) options.password = decodeURIComponent(parsed.password);
  const clientId = parsed.searchParams.get('clientId');
  return withAuth({ ...options, ...given, ...(clientId ? { clientId } : {}) });
}

/** Who gives a certificate and its key means TLS, as MQTT.js's connect reads it. */
function secured({ protocol, cert, key }: Options): Options {
  if (!cert || !key) return {};
  if (!protocol) throw new Error('Missing secure protocol key');
  return protocol === 'mqtt' || protocol === 'ws' ? { protocol: `${protocol}s` as 'mqtts' } : {};
}

function withAuth(options: Options): Options {
  if (options.clean === false && !options.clientId)
    throw new Error('Missing clientId for unclean clients');
  if (typeof options.auth !== 'string') return options;
  const [, username = options.auth, password] = /^(.+):(.+)$/.exec(options.auth) ?? [];
  return { ...options, username, ...(password === undefined ? {} : { password }) };
}
