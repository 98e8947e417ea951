/** strftime(3) in the C locale, for the conversions that `-F` can ask for with `@`. */
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
  'October', 'November', 'December',
]; // prettier-ignore

const two = (value: number, pad = '0'): string => String(value).padStart(2, pad);
const yearDay = (time: Date): number =>
  Math.round((Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) - Date.UTC(time.getFullYear(), 0, 1)) / 86_400_000); // prettier-ignore

function zone(time: Date): string {
  const minutes = -time.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** One conversion by its letter; undefined if strftime has no such conversion. */
export function strftime(letter: string, time: Date): string | undefined {
  const each = (...letters: string[]): string => letters.map((one) => (one.length === 1 ? (strftime(one, time) ?? '') : one.slice(1))).join(''); // prettier-ignore
  const hour = time.getHours();
  const twelve = hour % 12 || 12;
  const day = time.getDay();
  switch (letter) {
    case 'a': return days[day]!.slice(0, 3);
    case 'A': return days[day]!;
    case 'b': case 'h': return months[time.getMonth()]!.slice(0, 3);
    case 'B': return months[time.getMonth()]!;
    case 'c': return each('a', '- ', 'b', '- ', 'e', '- ', 'T', '- ', 'Y');
    case 'C': return two(Math.floor(time.getFullYear() / 100));
    case 'd': return two(time.getDate());
    case 'D': case 'x': return each('m', '-/', 'd', '-/', 'y');
    case 'e': return two(time.getDate(), ' ');
    case 'F': return each('Y', '--', 'm', '--', 'd');
    case 'H': return two(hour);
    case 'I': return two(twelve);
    case 'j': return String(yearDay(time) + 1).padStart(3, '0');
    case 'k': return two(hour, ' ');
    case 'l': return two(twelve, ' ');
    case 'm': return two(time.getMonth() + 1);
    case 'M': return two(time.getMinutes());
    case 'n': return '\n';
    case 'p': return hour < 12 ? 'AM' : 'PM';
    case 'P': return hour < 12 ? 'am' : 'pm';
    case 'r': return each('I', '-:', 'M', '-:', 'S', '- ', 'p');
    case 'R': return each('H', '-:', 'M');
    case 's': return String(Math.floor(time.getTime() / 1000));
    case 'S': return two(time.getSeconds());
    case 't': return '\t';
    case 'T': case 'X': return each('H', '-:', 'M', '-:', 'S');
    case 'u': return String(day || 7);
    case 'U': return two(Math.floor((yearDay(time) + 7 - day) / 7));
    case 'w': return String(day);
    case 'W': return two(Math.floor((yearDay(time) + 7 - ((day + 6) % 7)) / 7));
    case 'y': return two(time.getFullYear() % 100);
    case 'Y': return String(time.getFullYear());
    case 'z': return zone(time);
    case '%': return '%';
    default: return undefined;
  }
} // prettier-ignore
