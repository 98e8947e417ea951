/**
 * The checks of libmosquitto 2.0.11 before anything is sent (lib/util_topic.c, lib/utf8_mosq.c).
 */
const encoder = new TextEncoder();
export const byteLength = (text: string): number => encoder.encode(text).length;
const mostBytes = 65_535;

/** `mosquitto_validate_utf8`; invalid UTF-8 is a lone surrogate in a string. */
export function isValidUtf8(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code <= 0x1f || (code >= 0x7f && code <= 0x9f)) return false;
    if (code >= 0xd800 && code <= 0xdfff) return false;
    if ((code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe) return false;
  }
  return byteLength(text) <= 65_536;
}

/** `mosquitto_pub_topic_check`: a topic name has no wildcards [MQTT-3.3.2-2]; it may be empty there. */
export const isTopic = (topic: string): boolean =>
  !/[+#]/.test(topic) && byteLength(topic) <= mostBytes;

/** `mosquitto_sub_topic_check` [MQTT-4.7.1-2], [MQTT-4.7.1-3]; it may be empty there. */
export function isFilter(filter: string): boolean {
  const levels = filter.split('/');
  const right = levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1;
    return level === '+' || !/[+#]/.test(level);
  });
  return right && byteLength(filter) <= mostBytes;
}

/**
 * atoi(3): leading blanks, a sign, digits; 0 if there are none; values beyond 32 bits are clamped.
 */
export function atoi(text: string): number {
  const digits = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)?.[1];
  return digits === undefined ? 0 : Number(BigInt.asIntN(32, clamp64(BigInt(digits))));
}
/** atol(3), 64 bits. */
export function atol(text: string): number {
  const digits = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)?.[1];
  return digits === undefined ? 0 : Number(clamp64(BigInt(digits)));
}
/** atof(3), decimal only. */
export const atof = (text: string): number => {
  const value = Number.parseFloat(text);
  return Number.isNaN(value) ? 0 : value;
};

const clamp64 = (value: bigint): bigint => {
  const high = 2n ** 63n - 1n;
  const low = -(2n ** 63n);
  return value > high ? high : value < low ? low : value;
};
