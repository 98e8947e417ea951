/** Messages between page and sandbox: HTTP API and watch stream. The receiver validates each one. */
import type { BrokerFiles, CheckResult, FileProblem } from './exercise.ts';
import type { FaultRule, LinkConditions } from './faults.ts';
import type { BrokerStateJson } from './state.ts';
import type { DeviceState } from './trace.ts';

export interface RoomRequest {
  /** `<lesson>/<exercise>`; the sandbox knows the exercise by it. */
  exercise: string;
}
export interface RoomResponse {
  /** Code and key, `brave-otter-x7k2m9q4wd`. */
  address: string;
  code: string;
  /** Where real clients reach the room; ports that are really open. */
  tcpPort: number | null;
  tlsPort: number | null;
}
/** Every refusal of the HTTP API. `error` is a key of the language files (`error.<error>`). */
export interface ErrorResponse {
  error: string;
  /** In plain English, for people with a shell. */
  message: string;
}

// Watch stream: WebSocket /watch/<address>?from=<n>&run=<run>

/** Page → sandbox, one JSON text frame each. `id` comes back in the answer. */
export type WatchRequest =
  | { type: 'reset'; id: number; files?: BrokerFiles }
  | { type: 'device'; device: string; state: DeviceState }
  /** `replace`: in the place of what pages have armed before; the scene's rules stay. */
  | { type: 'arm'; id: number; rules: FaultRule[]; replace?: boolean }
  | { type: 'weather'; id: number; weather: LinkConditions }
  | { type: 'cut'; id: number; client: string }
  /** The broker itself ends the client's connection: 5.0 clients are told why. */
  | { type: 'disconnect'; id: number; clientId: string }
  | { type: 'clear-retained'; id: number; topic: string }
  | { type: 'state'; id: number };

/** Sandbox → page, one JSON text frame each. Trace entries come as binary frames (`sandbox/protocol/trace-batch.ts`). */
export type WatchMessage =
  /** First on every connection. `run` counts resets; `missing` is how many entries are gone for good. */
  | { type: 'welcome'; run: number; missing: number }
  | { type: 'reset'; run: number }
  /** Entries `from` … `from + count - 1` were overwritten before this viewer could be sent them. */
  | { type: 'missing'; run: number; from: number; count: number }
  /** After a reset with broker files: whether the broker started with them, and what it says. */
  | { type: 'files'; run: number; started: boolean; problems: FileProblem[] }
  | { type: 'checks'; run: number; results: CheckResult[] }
  | { type: 'state'; id: number; state: BrokerStateJson }
  | { type: 'done'; id: number; run: number }
  /** `error` is a key of the language files. */
  | { type: 'failed'; id: number; error: string; message: string }
  /** The room ends now; `reason` is a key of the language files (`room.<reason>`). */
  | { type: 'closing'; reason: 'expired' | 'stopping' | 'replaced' };
