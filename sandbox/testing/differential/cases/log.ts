/** What is logged of clients, by log_type, log_dest and connection_messages. */
import { connects, leaves, publishes, vanishes } from '../steps.ts';
import type { ClientStep } from '../steps.ts';
import { as, conf, guarded, open, passwd } from './shared.ts';
import type { Case } from './shared.ts';

/** Each way to come and to go. */
const comings: ClientStep[] = [
  connects('right', as('alice', 'secret')),
  connects('right5', as('alice', 'secret', { version: 5, clean: false, keepAlive: 7 })),
  connects('wrong', as('alice', 'no')),
  connects('nameless5', { version: 5 }),
  connects('taken', as('bob', 'hunter2')),
  connects('taker', as('bob', 'hunter2', { clientId: 'taken', version: 3 })),
  publishes('taker', '$SYS/mine', 'denied', 1),
  leaves('right'),
  vanishes('right5'),
  leaves('taker'),
];

const tooLarge: ClientStep[] = [
  connects('four'),
  connects('five', { version: 5 }),
  publishes('four', 'x', 'too large', 1),
  publishes('five', 'x', 'too large', 1),
  leaves('four'),
];

const logged = (text: string, base = guarded, steps = comings): Case => ({
  ...conf(`log: ${text.replaceAll('\n', ', ')}`, `${text}\n${base}`, steps, { passwd }),
  log: true,
});

export const log: Case[] = [
  logged('log_dest stderr'),
  logged('connection_messages true'),
  logged('connection_messages false'),
  logged('message_size_limit 3\nconnection_messages false', open, tooLarge),
  ...['none', 'error', 'warning', 'notice', 'information'].map((type) =>
    logged(`log_type ${type}`),
  ),
  logged('log_type error\nlog_type notice'),
  logged('log_type notice\nconnection_messages false'),
  logged('log_type debug'),
  logged('log_type all\nconnection_messages false'),
  logged('log_dest none'),
];
