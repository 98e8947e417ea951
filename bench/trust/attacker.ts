/** An attack in a process of its own. Arguments: the attack's name, its first address, the ports. */
import { attacks } from './attacks/index.ts';
import { Ground } from './ground.ts';
import type { Done, Ports } from './messages.ts';

const [name = '', from = '', text = ''] = process.argv.slice(2);
const ground = new Ground(JSON.parse(text) as Ports, from);
let ready = false;
setInterval(
  () => process.connected && process.send!({ ready, counts: ground.counts } satisfies Done),
  100,
);
process.on('disconnect', () => process.exit());
/** A socket that the server closes is part of the attack; anything else is a fault of the row. */
function failed(error: Error & { code?: string }): void {
  if (error.code === undefined && !/^(closed|HTTP|CONNACK)/.test(error.message)) throw error;
  ground.count(`failed ${error.code ?? error.message}`);
}
process.on('uncaughtException', failed);
process.on('unhandledRejection', failed);
await attacks.find((attack) => attack.name === name)!.run(ground);
ready = true;
