/** A learner's program that makes a room busy: the same for a room on the server and one in the page. */

/** Clients that publish; with the subscriber they are fewer than a program may have. */
const publishers = 8;

/** Publishes `rate` messages a second in all, and prints how many have come back, every second. */
export const busyProgram = (rate: number): string => `import mqtt from 'mqtt';
const url = 'mqtt://localhost';
const subscriber = await mqtt.connectAsync(url);
await subscriber.subscribeAsync('load/#');
let heard = 0;
subscriber.on('message', () => void (heard += 1));
console.log('heard', heard, 'at', Math.round(performance.now()));
const publishers = await Promise.all(
  Array.from({ length: ${publishers} }, () => mqtt.connectAsync(url)),
);
const began = performance.now();
publishers.forEach((publisher, n) => {
  let sent = 0;
  setInterval(() => {
    const due = ((performance.now() - began) / 1000) * ${rate / publishers};
    for (; sent < due; sent += 1) publisher.publish('load/' + n, 'reading ' + sent);
  }, 20);
});
setInterval(() => console.log('heard', heard, 'at', Math.round(performance.now())), 1000);
`;

export interface Heard {
  messages: number;
  /** Milliseconds of the program's own clock. */
  at: number;
}

/** The last of the program's lines in what it has printed; undefined before the first. */
export function lastHeard(output: string): Heard | undefined {
  const [, messages, at] = [...output.matchAll(/heard (\d+) at (\d+)/g)].at(-1) ?? [];
  return messages && at ? { messages: Number(messages), at: Number(at) } : undefined;
}
