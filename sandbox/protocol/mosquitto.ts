/** The versions of Mosquitto that a room and its terminal can be. */
import * as v from 'valibot';

/** Oldest first: Debian 12's, Debian 13's, and that of Docker's image. */
export const mosquittoVersions = ['2.0.11', '2.0.21', '2.1.2'] as const;
export const mosquittoVersion = v.picklist(mosquittoVersions);
export type MosquittoVersion = v.InferOutput<typeof mosquittoVersion>;

/** Debian stable's: where neither an exercise, nor a learner, nor a host chooses. */
export const usualMosquitto: MosquittoVersion = '2.0.21';

export const isMosquittoVersion = (value: unknown): value is MosquittoVersion =>
  v.is(mosquittoVersion, value);
