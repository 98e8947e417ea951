/** Host and port of a room over TCP; its address is the user name. */
export interface BrokerAddress {
  host: string;
  port: number;
  address: string;
}

/** `mqtt://localhost` and its like, alone in a string: on the page it means the room. */
const local =
  /(['"`])(mqtt|tcp|ws):\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::(?:1883|9001))?\/?\1/g;

/** The program with the room's real address instead of `mqtt://localhost`. */
export function toBroker(program: string, { host, port, address }: BrokerAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return program.replace(
    local,
    (_, quote: string) => `${quote}mqtt://${address}@${name}:${port}${quote}`,
  );
}
