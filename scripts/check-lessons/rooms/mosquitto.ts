/** Rooms with Debian's mosquitto as their engine: the same programs, scene and trace. */
import { mosquittoEngine } from '../../../sandbox/testing/mosquitto-engine.ts';
import { inMemory } from './memory.ts';

export const mosquitto = inMemory('mosquitto', mosquittoEngine);
