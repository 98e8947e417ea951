/** The programs by the names that people type. */
import { mosquittoPasswd } from './mosquitto-passwd.ts';
import { mosquittoPub } from './mosquitto-pub.ts';
import { mosquittoRr } from './mosquitto-rr.ts';
import { mosquittoSub } from './mosquitto-sub.ts';
import type { Program } from './program.ts';

export const mosquittoPrograms: ReadonlyMap<string, Program> = new Map([
  ['mosquitto_sub', mosquittoSub],
  ['mosquitto_pub', mosquittoPub],
  ['mosquitto_rr', mosquittoRr],
  ['mosquitto_passwd', mosquittoPasswd],
]);
