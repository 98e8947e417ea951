import type { Program, ProgramIo } from '../programs/program.ts';

/**
 * Runs a program. An exception while it handles received bytes ends it, like any other exception.
 */
export function runProgram(
  program: Program,
  args: readonly string[],
  io: ProgramIo,
): Promise<number> {
  const broken = Promise.withResolvers<never>();
  const guarded =
    <T>(listener: (value: T) => void) =>
    (value: T): void => {
      try {
        listener(value);
      } catch (error) {
        broken.reject(error as Error);
      }
    };
  const connect: ProgramIo['connect'] = (target, events) =>
    io.connect(target, {
      data: guarded((bytes) => events.data(bytes)),
      closed: guarded((how) => events.closed(how)),
    });
  return Promise.race([program(args, { ...io, connect }), broken.promise]);
}
