/** Workbenches that can't be used for a while; each reason ends by itself. */
type Reason = 'freeze' | 'closed';
const held = new WeakMap<HTMLElement, Set<Reason>>();

export function hold(workbench: HTMLElement, reason: Reason, isHeld: boolean): void {
  const reasons = held.get(workbench) ?? new Set();
  held.set(workbench, reasons);
  if (isHeld) reasons.add(reason);
  else reasons.delete(reason);
  workbench.inert = reasons.size > 0;
}
