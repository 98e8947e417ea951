/** What a program may write as the host of a broker's URL. */
import { cloudFiles, type BrokerFiles } from './exercise.ts';
import { namesFor, type Machines } from './machines.ts';

/**
 * The host names that lead a program to a broker of its room, beside those of the loopback.
 * @param files the brokers': they may make a second one
 */
export const hostsOf = (
  machines: Machines | undefined,
  program: string,
  files: BrokerFiles | undefined,
): readonly string[] => [...namesFor(machines, program), ...(cloudFiles(files) ? ['cloud'] : [])];
