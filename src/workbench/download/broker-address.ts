/** Where a room is reached by TCP; its address is the user name. */
export interface BrokerAddress {
  host: string;
  port: number;
  address: string;
}

/** `mqtt://localhost` and its like, alone in a string: what means the room on the page. */
const local =
  /(['"`])(mqtt|tcp|ws):\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::(?:1883|9001))?\/?\1/g;

/** The program with the room's real address where it says `mqtt://localhost`. */
export function toBroker(program: string, { host, port, address }: BrokerAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return program.replace(
    local,
    (_, quote: string) => `${quote}mqtt://${address}@${name}:${port}${quote}`,
  );
}
