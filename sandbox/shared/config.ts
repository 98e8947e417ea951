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
  packetBytes: limit(65_536, 'bytes', 'no lesson needs more; checked before anything is buffered'),
  connectBytes: limit(2_048, 'bytes', 'enough for a CONNECT with will, user name and password'),
  topicBytes: limit(512, 'bytes', 'MQTT allows 65,535; a topic for people needs less'),
  topicLevels: limit(16, 'count', 'each level costs the broker a step for each message'),
  clientIdBytes: limit(64, 'bytes', 'every panel shows it; MQTT 3.1 allowed 23'),
  // Limits of one line.
  connectMs: limit(5_000, 'ms', 'a line without a CONNECT still takes a place'),
  packetsPerSecond: limit(100, '1/s', 'above it reading pauses, and nothing is lost'),
  packetsBurst: limit(300, 'count', 'a loop of a few hundred publishes passes at once'),
  bytesPerSecond: limit(262_144, 'bytes/s', 'above it reading pauses, and nothing is lost'),
  bytesBurst: limit(1_048_576, 'bytes', 'a few large payloads pass at once'),
  unsentBytes: limit(262_144, 'bytes', 'above it a slow reader loses its QoS 0 messages'),
  unsentMs: limit(5_000, 'ms', 'a client that stays above `unsentBytes` for so long is closed'),
  frozenMs: limit(
    300_000,
    'ms',
    'if a client closes a frozen line, the broker keeps the line for so long',
  ),
  heldBytes: limit(1_048_576, 'bytes', 'the most that a frozen or delayed line holds back'),
  subscriptionsPerClient: limit(50, 'count', 'each message is matched against each subscription'),
  filtersPerSubscribe: limit(20, 'count', 'the broker processes a SUBSCRIBE as a whole'),
  retainedPerSecond: limit(
    200,
    '1/s',
    'retained messages of up to 1 KB to one client; the burst is 20 times as large',
  ),
  // Limits of one room.
  linesPerRoom: limit(20, 'count', 'a learner has a handful of devices'),
  linesPerClassRoom: limit(300, 'count', 'a class of 200 and its devices'),
  retainedTopics: limit(200, 'count', 'a subscriber to # receives all of them at once'),
  retainedBytes: limit(524_288, 'bytes', 'a subscriber to # receives all of them at once'),
  offlineSessions: limit(10, 'count', 'the clients of these sessions may never return'),
  offlineSessionMs: limit(7_200_000, 'ms', 'two hours: longer than a lesson'),
  queuedMessages: limit(100, 'count', 'for each session; Mosquitto keeps 1,000 by default'),
  queuedBytes: limit(1_048_576, 'bytes', 'for a whole room, including messages in flight'),
  sessionMessages: limit(
    1_000,
    'count',
    'in flight and queued: the most that mosquitto.conf can ask for',
  ),
  bridgeHops: limit(10, 'count', 'bridges that a message crosses; more is a loop'),
  armedFaults: limit(20, 'count', 'each packet is compared with each fault'),
  watchersPerRoom: limit(5, 'count', 'a page and its reloads; each receives the whole trace'),
  traceEntries: limit(
    5_000,
    'entries',
    'the oldest are removed first; the page says how many are missing',
  ),
  traceBytes: limit(
    2_097_152,
    'bytes',
    'the oldest are removed first; the page says how many are missing',
  ),
  roomIdleMs: limit(
    1_800_000,
    'ms',
    'the room ends if it had no viewer and no client for half an hour',
  ),
  unusedRoomMs: limit(
    120_000,
    'ms',
    'the room ends if it never had a viewer or a client; a page connects at once',
  ),
  // Limits of the server, and of one network address.
  rooms: limit(2_000, 'count', 'p99 latency stays below 100 ms up to about this many busy rooms'),
  spareRoomMs: limit(
    15_000,
    'ms',
    'if all rooms are taken, a room that was idle for so long is ended',
  ),
  traceBytesInAll: limit(
    67_108_864,
    'bytes',
    'all rooms together; above it the largest trace loses its oldest entries',
  ),
  lines: limit(3_000, 'count', 'an idle WebSocket line costs about 35 KB'),
  connectionsPerAddress: limit(
    1_800,
    'count',
    'lines and viewers; a class of 200 behind one address has 8 each, one of them to the class',
  ),
  pendingConnectsPerAddress: limit(
    1_000,
    'count',
    'lines without a CONNECT: a class of 200 at once; then the oldest is closed',
  ),
  waitingPerAddress: limit(
    33_554_432,
    'bytes',
    'bytes that were received and not processed, or written and not read; above it the largest connections are closed',
  ),
  turnMs: limit(
    3,
    'ms',
    'time of the event loop before I/O is polled; then the address that has used least is next',
  ),
  spareFiles: limit(256, 'count', 'files that the process may open and sockets may not take'),
  roomsPerMinute: limit(400, 'count', 'a whole class may be behind one address'),
  wrongRoomAddresses: limit(
    1_000,
    'count',
    'a restart ends all rooms: five attempts for each learner of a class',
  ),
  wrongRoomAddressesMs: limit(
    60_000,
    'ms',
    'no response for so long after that many; rooms that the address has used are still found',
  ),
  httpPerAddress: limit(
    1_500,
    'count',
    'a browser opens six; a new connection replaces an idle one',
  ),
  requestsAhead: limit(
    16,
    'count',
    'pipelined requests that wait; no browser pipelines; above it the connection is closed',
  ),
  responseBytesPerSecond: limit(
    33_554_432,
    'bytes/s',
    'to one network address; the system holds megabytes for each client that does not read',
  ),
  responseBytesBurst: limit(
    100_663_296,
    'bytes',
    'the editor for a hundred learners behind one address passes at once',
  ),
  headerBytes: limit(8_192, 'bytes', 'a browser sends about one kilobyte of headers'),
  headersMs: limit(10_000, 'ms', 'a client that sends headers slowly holds a connection'),
  requestMs: limit(15_000, 'ms', 'a client that sends a body slowly holds a connection'),
  responseMs: limit(30_000, 'ms', 'a client that does not read its response holds a connection'),
  requestBytes: limit(4_096, 'bytes', 'the API takes small JSON only'),
  watchBytes: limit(524_288, 'bytes', 'a watch request may carry the files of two brokers'),
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
  /** The shortest time between two trace batches to a viewer, in milliseconds: two frames of a screen. */
  watchBatchMs: 33,
  /** The interval of `$SYS/broker/…` in milliseconds: `sys_interval` of Mosquitto. */
  sysIntervalMs: 10_000,
  /**
   * Seconds: the Server Keep Alive of the open room, for 5.0 clients that ask for more or for none.
   * A device that is switched off is noticed within a minute and a half, and the public conformance
   * suites expect exactly this value.
   */
  openRoomKeepAlive: 60,
} as const;
