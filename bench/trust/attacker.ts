/** The process of one attack. Arguments: the attack's name, its first address, the ports. */
import { attacks } from './attacks/index.ts';
import { AttackTools } from './attack-tools.ts';
import type { Done, Ports } from './messages.ts';

const [name = '', from = '', text = ''] = process.argv.slice(2);
const tools = new AttackTools(JSON.parse(text) as Ports, from);
let ready = false;
setInterval(
  () => process.connected && process.send!({ ready, counts: tools.counts } satisfies Done),
  100,
);
process.on('disconnect', () => process.exit());
/** A socket that the server closes belongs to the attack. Any other error fails the row. */
function failed(error: Error & { code?: string }): void {
  if (error.code === undefined && !/^(closed|HTTP|CONNACK)/.test(error.message)) throw error;
  tools.count(`failed ${error.code ?? error.message}`);
}
process.on('uncaughtException', failed);
process.on('unhandledRejection', failed);
await attacks.find((attack) => attack.name === name)!.run(tools);
ready = true;
