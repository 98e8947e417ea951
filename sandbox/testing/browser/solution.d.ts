/** The program of the exercise's solution as a function of the `mqtt` that it imports: `bundle.ts`. */
import type * as mqtt from 'mqtt';

declare const run: (library: typeof mqtt) => Promise<void>;
export default run;
