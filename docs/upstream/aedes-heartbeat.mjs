// A broker without a heartbeat.
import { Aedes } from 'aedes';

let faults = 0;
for (const heartbeatInterval of [0, Infinity]) {
  const broker = await Aedes.createBroker({ heartbeatInterval });
  const beats = await new Promise((resolve) => {
    broker.mq.on('$SYS/+/heartbeat', () => resolve(true));
    setTimeout(() => resolve(false), 100);
  });
  broker.close();
  if (beats) faults++;
  console.log(
    `heartbeatInterval ${heartbeatInterval}: ${beats ? 'a' : 'no'} heartbeat within 100 ms.`,
  );
}
console.log('Expected: no heartbeat.');
process.exit(faults === 0 ? 0 : 1);
