/** Every default of the sandbox in one place. A value can be overridden by `start(options)`. */

/** One limit of the sandbox: its default, its unit and its reason. */
export interface Limit {
  default: number;
  unit: 'bytes' | 'bytes/s' | 'count' | '1/s' | 'ms' | 'entries';
  reason: string;
}

const limit = (value: number, unit: Limit['unit'], reason: string): Limit => ({
  default: value,
  unit,
  reason,
});

/** Limits protect learners from each other. The values were tested with a class of 200. */
export const limits = {
  // Limits of one packet.
  packetBytes: limit(65_536, 'bytes', 'no lesson needs more; judged before anything is buffered'),
  connectBytes: limit(2_048, 'bytes', 'a CONNECT with will, user name and password fits well'),
  topicBytes: limit(512, 'bytes', 'MQTT allows 65,535; a tree that people read needs less'),
  topicLevels: limit(16, 'count', 'each level costs the broker a step for each message'),
  clientIdBytes: limit(64, 'bytes', 'shown in every panel; MQTT 3.1 allowed 23'),
  // Limits of one line.
  connectMs: limit(5_000, 'ms', 'a line that says nothing holds a place'),
  packetsPerSecond: limit(100, '1/s', 'reading pauses above it: nothing is lost'),
  packetsBurst: limit(300, 'count', 'a loop of a few hundred publishes goes through at once'),
  bytesPerSecond: limit(262_144, 'bytes/s', 'reading pauses above it: nothing is lost'),
  bytesBurst: limit(1_048_576, 'bytes', 'a few large payloads go through at once'),
  unsentBytes: limit(262_144, 'bytes', 'above it a slow reader loses its QoS 0 messages'),
  unsentMs: limit(5_000, 'ms', 'a reader above `unsentBytes` for so long is closed'),
  frozenMs: limit(300_000, 'ms', 'a client that left while its line was frozen: then it is let go'),
  heldBytes: limit(1_048_576, 'bytes', 'what a frozen or delayed line may keep waiting'),
  subscriptionsPerClient: limit(50, 'count', 'each one is looked at for each message'),
  filtersPerSubscribe: limit(20, 'count', 'one SUBSCRIBE is answered as a whole'),
  retainedPerSecond: limit(200, '1/s', 'all that is retained, and 20 times that at once'),
  // Limits of one room.
  linesPerRoom: limit(20, 'count', 'a learner has a handful of devices'),
  linesPerClassRoom: limit(300, 'count', 'a class of 200 and its things'),
  retainedTopics: limit(200, 'count', 'a subscriber to # gets them all at once'),
  retainedBytes: limit(524_288, 'bytes', 'a subscriber to # gets them all at once'),
  offlineSessions: limit(10, 'count', 'a session is kept for clients that may never come back'),
  offlineSessionMs: limit(7_200_000, 'ms', 'two hours: longer than a lesson'),
  queuedMessages: limit(100, 'count', 'for each session; Mosquitto keeps 1,000 by default'),
  queuedBytes: limit(1_048_576, 'bytes', 'for a whole room, with what is in flight'),
  sessionMessages: limit(1_000, 'count', 'in flight, and queued: the most a conf can ask for'),
  armedFaults: limit(20, 'count', 'each is asked for each packet'),
  watchersPerRoom: limit(5, 'count', 'a page and its reloads; each is sent the whole trace'),
  traceEntries: limit(5_000, 'entries', 'the oldest go first; the page says how many are gone'),
  traceBytes: limit(2_097_152, 'bytes', 'the oldest go first; the page says how many are gone'),
  roomIdleMs: limit(1_800_000, 'ms', 'nobody watches and nobody is connected for half an hour'),
  unusedRoomMs: limit(120_000, 'ms', 'nobody ever watched it or was connected: a page is at once'),
  // Limits of the server, and of one network address.
  rooms: limit(2_000, 'count', 'p99 stays under 100 ms up to about this many busy rooms'),
  spareRoomMs: limit(15_000, 'ms', 'idle for so long, it makes place where all rooms are taken'),
  idleTraceBytes: limit(536_870_912, 'bytes', 'of all idle rooms together; the longest idle go'),
  lines: limit(3_000, 'count', 'an idle WebSocket line costs about 35 KB'),
  connectionsPerAddress: limit(
    1_500,
    'count',
    'lines and viewers; a class of 200 behind one has 7 each',
  ),
  pendingConnectsPerAddress: limit(
    1_000,
    'count',
    'lines that have not sent CONNECT: a class of 200 at once; then the oldest goes',
  ),
  waitingPerAddress: limit(
    67_108_864,
    'bytes',
    'read and not worked on, or written and not read; then the largest connections are closed',
  ),
  turnMs: limit(5, 'ms', 'of the event loop at a time; then I/O, and whoever has used least'),
  spareFiles: limit(256, 'count', 'of the files that the process may open; the rest is sockets'),
  roomsPerMinute: limit(400, 'count', 'a whole class may sit behind one address'),
  wrongRoomAddresses: limit(
    1_000,
    'count',
    'five of each in a class, for a room that a restart ended',
  ),
  wrongRoomAddressesMs: limit(
    60_000,
    'ms',
    'silence after so many; who knows a room already gets in',
  ),
  httpPerAddress: limit(1_500, 'count', 'a browser opens six; idle ones make place for new ones'),
  requestsAhead: limit(
    16,
    'count',
    'pipelined and waiting; no browser does it; then it is cut off',
  ),
  headerBytes: limit(8_192, 'bytes', 'a browser sends about one kilobyte of headers'),
  headersMs: limit(10_000, 'ms', 'headers that trickle in hold a connection'),
  requestMs: limit(15_000, 'ms', 'a body that trickles in holds a connection'),
  responseMs: limit(30_000, 'ms', 'an answer that nobody reads holds a connection'),
  requestBytes: limit(4_096, 'bytes', 'the API takes small JSON only'),
  watchBytes: limit(262_144, 'bytes', 'a watch request may carry three broker files'),
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;
export type LimitValues = Record<LimitName, number>;

/** All limits as plain numbers. */
export function limitValues(overrides: Partial<LimitValues> = {}): LimitValues {
  const values = Object.fromEntries(
    Object.entries(limits).map(([name, { default: value }]) => [name, value]),
  ) as LimitValues;
  return { ...values, ...overrides };
}

export const defaults = {
  port: 4321,
  mqttPort: 1883,
  tlsPort: 8883,
  /** All interfaces: the class reaches a teacher's laptop without a flag. */
  host: '0.0.0.0',
  /** Trace batches leave at most this often, in milliseconds: two frames of a screen. */
  watchBatchMs: 33,
  /** How often `$SYS/broker/…` is published, as Mosquitto's sys_interval. */
  sysIntervalMs: 10_000,
  /**
   * Seconds: the Server Keep Alive of the open room, for 5.0 clients that ask for more or for none.
   * A device that is switched off is noticed within a minute and a half, and the public conformance
   * suites expect exactly this value.
   */
  openRoomKeepAlive: 60,
  /** `$SYS/broker/version` of a room that no server runs; a server adds its version. */
  brokerVersion: 'retained',
} as const;
