/** Checks `-F format` (`check_format`, client/client_shared.c 2.0.11). */
const specifiers = '%ACDEFIlmPpqRSrtjJUxX';
const escapes = '\\0aenrtv';

/** Undefined if the format is valid; otherwise the message for stderr. */
export function checkFormat(format: string): string | undefined {
  const incomplete = 'Error: Incomplete format specifier.\n';
  const last = format.length - 1;
  for (let i = 0; i < format.length; i += 1) {
    const character = format[i];
    if (character === '%') {
      if (i === last) return incomplete;
      if (format[i + 1] === '0' || format[i + 1] === '-') i += 1;
      if (i === last) return incomplete;
      const width = /^\d*(?:\.\d*)?/.exec(format.slice(i + 1))![0];
      i += width.length;
      if (i >= last) return incomplete;
      if (!specifiers.includes(format[i + 1]!)) {
        return `Error: Invalid format specifier '${format[i + 1]}'.\n`;
      }
      i += 1;
    } else if (character === '@') {
      if (i === last) return incomplete;
      i += 1;
    } else if (character === '\\') {
      if (i === last) return 'Error: Incomplete escape specifier.\n';
      if (!escapes.includes(format[i + 1]!)) {
        return `Error: Invalid escape specifier '${format[i + 1]}'.\n`;
      }
      i += 1;
    }
  }
  return undefined;
}
