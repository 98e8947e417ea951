/** The six calls of SCORM 1.2 that this course makes. Some platforms return booleans. */
export interface ScormApi {
  LMSInitialize(nothing: ''): unknown;
  LMSFinish(nothing: ''): unknown;
  LMSGetValue(element: string): unknown;
  LMSSetValue(element: string, value: string): unknown;
  LMSCommit(nothing: ''): unknown;
  LMSGetLastError(): unknown;
}
/** As much of a window as the search needs. */
export interface ApiWindow {
  API?: unknown;
  parent: unknown;
  opener?: unknown;
}

/** Parents that are asked, as the standard's own example does. */
const MOST_PARENTS = 7;

/**
 * The platform's API: in this window and its parents, then in the opener and its parents (SCORM 1.2
 * Run-Time Environment, 3.3.6.1). Undefined if there is none, as without a learning platform.
 */
export function findApi(start: ApiWindow): ScormApi | undefined {
  return amongParents(start) ?? amongParents(openerOf(start));
}

function amongParents(start: ApiWindow | undefined): ScormApi | undefined {
  let window = start;
  for (let at = 0; window && at <= MOST_PARENTS; at++) {
    const api = read(window, 'API');
    if (isApi(api)) return api;
    const parent = read(window, 'parent') as ApiWindow | undefined;
    window = parent === window ? undefined : parent;
  }
  return undefined;
}

/** The window that opened this one, or that opened the page around it. */
function openerOf(start: ApiWindow): ApiWindow | undefined {
  let window: ApiWindow | undefined = start;
  for (let at = 0; window && at <= MOST_PARENTS; at++) {
    const opener = read(window, 'opener');
    if (opener) return opener as ApiWindow;
    const parent = read(window, 'parent') as ApiWindow | undefined;
    window = parent === window ? undefined : parent;
  }
  return undefined;
}

/** A window of another origin shows nothing: reading throws. */
function read(window: ApiWindow, name: keyof ApiWindow): unknown {
  try {
    return window[name] ?? undefined;
  } catch {
    return undefined;
  }
}

const isApi = (value: unknown): value is ScormApi =>
  typeof (value as Partial<ScormApi> | undefined)?.LMSInitialize === 'function';
