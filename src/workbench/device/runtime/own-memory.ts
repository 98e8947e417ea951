/** Imported first: what is imported after it gets the constructors that are counted. */
import { boundMemory } from './memory.ts';

export const memory = boundMemory(globalThis);
