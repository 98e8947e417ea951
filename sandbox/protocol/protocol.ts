/**
 * Every message and type that crosses a boundary: page ↔ sandbox, exercise ↔ room, line ↔ trace.
 * This file imports nothing; whoever receives one of these from outside validates it on arrival.
 */

// ── MQTT's own words ────────────────────────────────────────────────────────────────────────────

/** The protocol level byte of CONNECT: 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5.0. */
export type MqttVersion = 3 | 4 | 5;
export type QoS = 0 | 1 | 2;
/** Control packet types as the specification writes them (MQTT 5.0, table 2-1). */
export type PacketKind =
  | 'CONNECT'
  | 'CONNACK'
  | 'PUBLISH'
  | 'PUBACK'
  | 'PUBREC'
  | 'PUBREL'
  | 'PUBCOMP'
  | 'SUBSCRIBE'
  | 'SUBACK'
  | 'UNSUBSCRIBE'
  | 'UNSUBACK'
  | 'PINGREQ'
  | 'PINGRESP'
  | 'DISCONNECT'
  | 'AUTH';
/** Seen from the room: a packet goes to the broker or to a client. */
export type Direction = 'to-broker' | 'to-client';

/** MQTT 5.0 properties by name (section 2.2.2.2); the names are those of mqtt-packet. */
export interface Properties {
  payloadFormatIndicator?: number;
  messageExpiryInterval?: number;
  contentType?: string;
  responseTopic?: string;
  correlationData?: Uint8Array;
  subscriptionIdentifier?: number[];
  sessionExpiryInterval?: number;
  assignedClientIdentifier?: string;
  serverKeepAlive?: number;
  authenticationMethod?: string;
  authenticationData?: Uint8Array;
  requestProblemInformation?: number;
  willDelayInterval?: number;
  requestResponseInformation?: number;
  responseInformation?: string;
  serverReference?: string;
  reasonString?: string;
  receiveMaximum?: number;
  topicAliasMaximum?: number;
  topicAlias?: number;
  maximumQoS?: number;
  retainAvailable?: number;
  userProperties?: [name: string, value: string][];
  maximumPacketSize?: number;
  wildcardSubscriptionAvailable?: number;
  subscriptionIdentifierAvailable?: number;
  sharedSubscriptionAvailable?: number;
}

interface PacketBase {
  version: MqttVersion;
  /** Bytes on the wire, fixed header included. */
  length: number;
}
export interface ConnectPacket extends PacketBase {
  kind: 'CONNECT';
  protocolName: string;
  clientId: string;
  /** Clean Session (3.1.1) or Clean Start (5.0). */
  clean: boolean;
  /** Seconds; 0 switches keep alive off. */
  keepAlive: number;
  userName?: string;
  password?: Uint8Array;
  will?: { topic: string; payload: Uint8Array; qos: QoS; retain: boolean; properties?: Properties };
  properties?: Properties;
}
export interface ConnackPacket extends PacketBase {
  kind: 'CONNACK';
  sessionPresent: boolean;
  /** Return code (3.1.1, section 3.2.2.3) or reason code (5.0, section 3.2.2.2). */
  reasonCode: number;
  properties?: Properties;
}
export interface PublishPacket extends PacketBase {
  kind: 'PUBLISH';
  topic: string;
  payload: Uint8Array;
  qos: QoS;
  dup: boolean;
  retain: boolean;
  /** Only at QoS 1 and 2. */
  packetId?: number;
  properties?: Properties;
}
export interface AcknowledgePacket extends PacketBase {
  kind: 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP';
  packetId: number;
  /** 0 where the packet carries none. */
  reasonCode: number;
  properties?: Properties;
}
export interface SubscribePacket extends PacketBase {
  kind: 'SUBSCRIBE';
  packetId: number;
  subscriptions: {
    filter: string;
    qos: QoS;
    noLocal?: boolean;
    retainAsPublished?: boolean;
    retainHandling?: 0 | 1 | 2;
  }[];
  properties?: Properties;
}
export interface SubackPacket extends PacketBase {
  kind: 'SUBACK' | 'UNSUBACK';
  packetId: number;
  /** One for each filter, in order; empty for a 3.1.1 UNSUBACK. */
  reasonCodes: number[];
  properties?: Properties;
}
export interface UnsubscribePacket extends PacketBase {
  kind: 'UNSUBSCRIBE';
  packetId: number;
  filters: string[];
  properties?: Properties;
}
export interface PingPacket extends PacketBase {
  kind: 'PINGREQ' | 'PINGRESP';
}
export interface DisconnectPacket extends PacketBase {
  kind: 'DISCONNECT' | 'AUTH';
  reasonCode: number;
  properties?: Properties;
}
export type Packet =
  | ConnectPacket
  | ConnackPacket
  | PublishPacket
  | AcknowledgePacket
  | SubscribePacket
  | SubackPacket
  | UnsubscribePacket
  | PingPacket
  | DisconnectPacket;

/**
 * One field of a packet and where its bytes stand. `name` is a key of the language files
 * (`field.<name>`); a property's is `property.<name of Properties>`, in a will `will.…` before it.
 */
export interface Field {
  name: string;
  /** Byte range in the whole packet, end exclusive. */
  start: number;
  end: number;
  /** For fields smaller than a byte: highest and lowest bit, 7 … 0. */
  bits?: readonly [high: number, low: number];
  value: string | number | boolean | Uint8Array;
}

// ── Trace ───────────────────────────────────────────────────────────────────────────────────────

export type Transport = 'websocket' | 'tcp' | 'tls' | 'memory';
/** device: a program of the exercise; actor: a client of the scene; outside: any other client. */
export type LineRole = 'device' | 'actor' | 'outside';
/** Who ended a line. */
export type ClosedBy = 'client' | 'broker' | 'gate' | 'limit' | 'fault' | 'room';
/** What became of a packet between the socket and the broker. */
export type Fate = 'passed' | 'dropped' | 'delayed' | 'duplicated' | 'held' | 'refused';

interface EntryBase {
  /** 1, 2, 3 … since the room was last reset. */
  n: number;
  /** Milliseconds since the room was last reset, with fractions. */
  at: number;
}
export interface LineOpenedEntry extends EntryBase {
  type: 'line-opened';
  /** Unique in the room since its last reset. */
  line: number;
  transport: Transport;
  role: LineRole;
  /** The device's file name without `.ts`, or the actor's name. */
  name?: string;
}
export interface LineClosedEntry extends EntryBase {
  type: 'line-closed';
  line: number;
  by: ClosedBy;
}
/** Nobody listens where a client wanted to go, or it may not come in there: it sees a closed door. */
export interface LineRefusedEntry extends EntryBase {
  type: 'line-refused';
  transport: Transport;
  role: LineRole;
  name?: string;
  /** The port that the program asked for. */
  port?: number;
  /** Key of the language files (`files.refused.<refusal>`). */
  refusal: string;
}
export interface PacketEntry extends EntryBase {
  type: 'packet';
  line: number;
  direction: Direction;
  version: MqttVersion;
  /** The whole packet as it went over the wire. */
  bytes: Uint8Array;
  fate: Fate;
}
/** The gate refused a frame (or bytes that can't become one). */
export interface RefusedEntry extends EntryBase {
  type: 'refused';
  line: number;
  version: MqttVersion;
  /** Key of the language files (`rule.<rule>`). */
  rule: string;
  /** Normative statement or section, e.g. `MQTT-3.3.2-2`. */
  statement: string;
  /** What arrived, at most 1,024 bytes of it. */
  bytes: Uint8Array;
}
/** A limit of the sandbox (not of MQTT) stopped or slowed something. */
export interface LimitEntry extends EntryBase {
  type: 'limit';
  line?: number;
  /** A key of `config.limits`; the language files explain it (`limit.<limit>`). */
  limit: string;
  value: number;
}
export interface FaultEntry extends EntryBase {
  type: 'fault';
  line: number;
  action: FaultAction['do'];
  /** The packet entry it struck, where there is one. */
  packet?: number;
}
/** What a program of the page did, as the page reports it. */
export interface DeviceEntry extends EntryBase {
  type: 'device';
  device: string;
  state: DeviceState;
}
/** The broker's own log, in Mosquitto's words. */
export interface LogEntry extends EntryBase {
  type: 'log';
  level: 'error' | 'warning' | 'notice' | 'information';
  text: string;
}
export type TraceEntry =
  | LineOpenedEntry
  | LineClosedEntry
  | LineRefusedEntry
  | PacketEntry
  | RefusedEntry
  | LimitEntry
  | FaultEntry
  | DeviceEntry
  | LogEntry;

export type DeviceState = 'off' | 'running' | 'ended' | 'failed';

// ── Faults ──────────────────────────────────────────────────────────────────────────────────────

export type FaultAction =
  | { do: 'drop' }
  /** Drop the packet, then cut the line: MQTT redelivers only on reconnect ([MQTT-4.4.0-1]). */
  | { do: 'drop-and-cut' }
  | { do: 'delay'; ms: number }
  | { do: 'duplicate' }
  | { do: 'cut' }
  /** From here on nothing passes either way; the socket stays open. */
  | { do: 'freeze' };
export interface FaultRule {
  /** Which client: device or actor name, or client id. Absent: any. */
  client?: string;
  direction: Direction;
  /** Absent: any packet. */
  kind?: PacketKind;
  /** Let this many matching packets pass first. Default 0. */
  after?: number;
  /** How many it strikes before it is used up; default 1. */
  times?: number;
  action: FaultAction;
}
/** A lasting condition of a client's line, as opposed to a rule that strikes once. */
export interface LineWeather {
  client: string;
  /** Added to each packet, each way, in milliseconds. */
  latencyMs?: number;
  /** Share of packets lost, 0 … 1. */
  loss?: number;
  frozen?: boolean;
}

// ── Broker state ────────────────────────────────────────────────────────────────────────────────

export interface BrokerState {
  clients: ClientState[];
  retained: { topic: string; payload: Uint8Array; qos: QoS }[];
  /** Of a broker with files of its own, empty where it did not start. They last as long as the run. */
  listeners?: ListenerState[];
}
export interface ListenerState {
  port: number;
  /** Where clients may be that reach it: the broker's own machine, and others. */
  from: readonly ('localhost' | 'network')[];
}
export interface ClientState {
  clientId: string;
  connected: boolean;
  version: MqttVersion;
  clean: boolean;
  keepAlive: number;
  userName?: string;
  will?: { topic: string; payload: Uint8Array; qos: QoS; retain: boolean };
  /** With the QoS that the broker granted. */
  subscriptions: { filter: string; qos: QoS }[];
  /** Kept for later because the client is away or its window is full. */
  queued: number;
  /** Sent or received, and not yet acknowledged to the end. */
  inflight: { packetId: number; direction: Direction; qos: QoS; waitsFor: PacketKind }[];
}

// ── Exercises ───────────────────────────────────────────────────────────────────────────────────

/** What a check sees. Pure data: the same for tests, the page and the class. */
export interface View {
  entries: readonly TraceEntry[];
  state: BrokerState;
}
/** Values that a hint's sentence quotes; shown as text. */
export type HintValues = Record<string, string | number>;
export interface Hint {
  /** The name of the folder in `mistakes/` that must get this hint, and of `<Hint for>` in the lesson. */
  id: string;
  /** Truthy where this is what went wrong. Asked in order; the first one wins. */
  when(view: View): boolean | HintValues;
}
export interface Check {
  /** The `<Check id>` of the lesson. */
  id: string;
  holds(view: View): boolean;
  hints?: Hint[];
}
export interface CheckResult {
  id: string;
  state: 'true' | 'not-yet';
  hint?: { id: string; values: HintValues };
}
/** A broker's own files, by name. */
export type BrokerFiles = Partial<Record<'mosquitto.conf' | 'passwd' | 'acl', string>>;

/** Something to tell the author of a broker's file. */
export interface FileProblem {
  /** As Mosquitto names it: `/etc/mosquitto/mosquitto.conf`. */
  file: string;
  /** 1 for the first line; 0 where the problem is the file's as a whole. */
  line: number;
  /** With an error the broker does not start. */
  severity: 'error' | 'warning';
  /** Mosquitto's own words, unless `key` (of the language files: `files.<key>`) says they are ours. */
  text: string;
  key?: string;
  values?: HintValues;
}

/** A client that is already in the room. Every actor is a real MQTT.js client on a memory line. */
export interface Actor {
  name: string;
  clientId?: string;
  version?: MqttVersion;
  subscribes?: { filter: string; qos?: QoS }[];
  /** Once connected and subscribed; again every `everyMs` where given. */
  publishes?: { topic: string; payload: string; qos?: QoS; retain?: boolean; everyMs?: number }[];
  /** To each message on `filter`: publish `payload` to `topic` (5.0: to its response topic where it has one). */
  answers?: { filter: string; topic?: string; payload: string }[];
}
export interface Scene {
  actors?: Actor[];
  retained?: { topic: string; payload: string; qos?: QoS }[];
  faults?: FaultRule[];
  files?: BrokerFiles;
}
/** The workbench's views of a run (`src/workbench/panels/panel.ts`). */
export type PanelName =
  'messages' | 'wire' | 'packets' | 'broker' | 'topics' | 'line' | 'terminal' | 'files';
export interface Exercise {
  /** File names of the programs, in the order of their tabs. */
  devices: string[];
  scene: Scene;
  checks: Check[];
  /** The panels that stand open at first, the first of them in front; `['packets']` where absent. */
  panels?: PanelName[];
  /** False: the broker panel shows and does nothing, where a button would do the exercise. Default true. */
  brokerActions?: boolean;
}

// ── HTTP: POST /api/rooms ───────────────────────────────────────────────────────────────────────

export interface RoomRequest {
  /** `<lesson>/<exercise>`; the sandbox knows the exercise by it. */
  exercise: string;
}
export interface RoomAnswer {
  /** Code and key, `brave-otter-x7k2m9q4wd`. */
  address: string;
  code: string;
  /** Where real clients reach the room; ports that are really open. */
  tcpPort: number | null;
  tlsPort: number | null;
}
/** Every refusal of the HTTP API. `error` is a key of the language files (`error.<error>`). */
export interface ErrorAnswer {
  error: string;
  /** In plain English, for people with a shell. */
  message: string;
}

// ── Watch stream: WebSocket /watch/<address>?from=<n>&run=<run> ──────────────────────────────────

/** Page → sandbox, one JSON text frame each. `id` comes back in the answer. */
export type WatchRequest =
  | { type: 'reset'; id: number; files?: BrokerFiles }
  | { type: 'device'; device: string; state: DeviceState }
  /** `replace`: in the place of what pages have armed before; the scene's rules stay. */
  | { type: 'arm'; id: number; rules: FaultRule[]; replace?: boolean }
  | { type: 'weather'; id: number; weather: LineWeather }
  | { type: 'cut'; id: number; client: string }
  /** The broker itself ends the client's connection: 5.0 clients are told why. */
  | { type: 'disconnect'; id: number; clientId: string }
  | { type: 'clear-retained'; id: number; topic: string }
  /** `since`: the `id` of the answer before; then only what is different comes. */
  | { type: 'state'; id: number; since?: number };

/** Sandbox → page, one JSON text frame each. Trace entries come as binary frames (`sandbox/protocol/trace-batch.ts`). */
export type WatchMessage =
  /** First on every connection. `run` counts resets; `missing` is how many entries are gone for good. */
  | { type: 'welcome'; run: number; missing: number }
  | { type: 'reset'; run: number }
  /** Entries `from` … `from + count - 1` were overwritten before this viewer could be sent them. */
  | { type: 'missing'; run: number; from: number; count: number }
  /** After a reset with broker files: whether the broker started with them, and what it says. */
  | { type: 'files'; run: number; started: boolean; problems: FileProblem[] }
  | { type: 'checks'; run: number; results: CheckResult[] }
  | { type: 'state'; id: number; state: BrokerStateJson }
  /** Where the request named the answer before; else, and after a reset, the whole state comes. */
  | { type: 'state-changes'; id: number; since: number; changes: BrokerStateChanges }
  | { type: 'done'; id: number; run: number }
  /** `error` is a key of the language files. */
  | { type: 'failed'; id: number; error: string; message: string }
  /** The room ends now; `reason` is a key of the language files (`room.<reason>`). */
  | { type: 'closing'; reason: 'expired' | 'stopping' | 'replaced' };

/** `BrokerState` with its payloads in base64, for JSON. */
export interface BrokerStateJson {
  clients: (Omit<ClientState, 'will'> & {
    will?: { topic: string; payload: string; qos: QoS; retain: boolean };
  })[];
  retained: { topic: string; payload: string; qos: QoS }[];
  listeners?: ListenerState[];
}

/** What is different between two states of one broker. */
export interface BrokerStateChanges {
  /** New and changed ones, whole. */
  clients: BrokerStateJson['clients'];
  /** Client ids that the broker no longer knows. */
  gone: string[];
  retained: BrokerStateJson['retained'];
  /** Topics that hold no message any more. */
  cleared: string[];
}
