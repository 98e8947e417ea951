import { httpAttacks } from './http.ts';
import { incompleteAttacks } from './incomplete.ts';
import { learnerAttacks } from './learner.ts';
import { mqttAttacks } from './mqtt.ts';
import { tcpAttacks } from './tcp.ts';
import { watchAttacks } from './watch.ts';
import { wsAttacks } from './ws.ts';
import type { Attack } from './attack.ts';

export const attacks: readonly Attack[] = [
  ...tcpAttacks,
  ...mqttAttacks,
  ...wsAttacks,
  ...watchAttacks,
  ...httpAttacks,
  ...incompleteAttacks,
  ...learnerAttacks,
];
