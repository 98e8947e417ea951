/**
 * The modules that a program can import, as URLs that its worker can load. A worker of opaque
 * origin has no import map, so the compiler writes the URL into the program: a module of one line
 * that exports what the runtime has put into the worker.
 */
export const MQTT_EXPORTS = [
  'Client',
  'connect',
  'connectAsync',
  'MqttClient',
  'Store',
  'DefaultMessageIdProvider',
  'UniqueMessageIdProvider',
  'KeepaliveManager',
  'ErrorWithReasonCode',
  'ErrorWithSubackPacket',
  'MQTTJS_VERSION',
  'ReasonCodes',
  'applyMixin',
  'nextTick',
  'validateTopic',
  'validateTopics',
] as const;

export const DEVICE_EXPORTS = [
  'lamp',
  'door',
  'bell',
  'button',
  'gauge',
  'chart',
  'display',
  'thermometer',
] as const;

/** The files beside a program, to read. */
export const FILE_EXPORTS = ['readFileSync', 'promises'] as const;
const files = moduleUrl('retained.fs', FILE_EXPORTS);
const filePromises = moduleUrl('retained.fs-promises', ['readFile']);

export const MODULES: ReadonlyMap<string, string> = new Map([
  ['mqtt', moduleUrl('retained.mqtt', MQTT_EXPORTS)],
  ['device', moduleUrl('retained.device', DEVICE_EXPORTS)],
  ['node:fs', files],
  ['fs', files],
  ['node:fs/promises', filePromises],
  ['fs/promises', filePromises],
]);

function moduleUrl(symbol: string, names: readonly string[]): string {
  // Without single quotes or spaces: it stands between quotes in the program.
  const code = `const m=globalThis[Symbol.for("${symbol}")];export default m;export const {${names.join()}}=m`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
