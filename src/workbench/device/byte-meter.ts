/** The bytes of a second that one program may send over its lines. */

/** Far above what the room lets through. */
export const MAX_BYTES_PER_SECOND = 8 * 1024 * 1024;

/** Returns whether so many bytes more are within the second. */
export function makeByteMeter(now: () => number = Date.now.bind(Date)) {
  let second = 0;
  let bytes = 0;
  return (length: number): boolean => {
    const current = Math.floor(now() / 1000);
    if (current !== second) bytes = 0;
    second = current;
    bytes += length;
    return bytes <= MAX_BYTES_PER_SECOND;
  };
}
