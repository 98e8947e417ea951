/** The places in a program that name the broker, and their text for one room. */

export interface RoomEndpoint {
  host: string;
  port: number;
  /** The room's address, which is the user name. */
  room: string;
}
export interface Replacement {
  /** Range of the text, end exclusive. */
  start: number;
  end: number;
  by: string;
}

const NAMES =
  /int\(os\.environ\['PORT'\]\)|os\.environ\['(HOST|PORT|ROOM)'\]|\$(HOST|PORT|ROOM)\b/g;

/** In a shell `$HOST`, in Python `os.environ['HOST']`, which is a string, and the port as a number. */
export function replacementsIn(text: string, { host, port, room }: RoomEndpoint): Replacement[] {
  const values = { HOST: host, PORT: String(port), ROOM: room };
  return [...text.matchAll(NAMES)].map(({ 0: found, 1: python, 2: shell, index }) => ({
    start: index,
    end: index + found.length,
    by: shell
      ? values[shell as keyof typeof values]
      : python
        ? `'${values[python as keyof typeof values]}'`
        : values.PORT,
  }));
}
