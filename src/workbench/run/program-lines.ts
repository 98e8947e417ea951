/** Lines that one program may hold open: a room gives 20 to all. */
export const mostLines = 10;

/** Opens a line for a program that holds `lines`, as long as it is open; or refuses it: the port says null. */
export function openProgramLine(
  lines: Set<Promise<void>>,
  port: MessagePort,
  open: () => Promise<void>,
): void {
  if (lines.size >= mostLines) {
    port.postMessage(null);
    return port.close();
  }
  const line = open();
  lines.add(line);
  void line.finally(() => lines.delete(line));
}
