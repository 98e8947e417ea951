/** What Prometheus reads (text format 0.0.4): numbers of the whole server, none of a room or a person. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { ListenerContext } from '../admission/admit.ts';

export interface Counted {
  context: ListenerContext;
  /** Null without classes. */
  classes: () => { classes: number; members: number } | null;
}
type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
const labelsOf = (labels: Labels): string => {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return all.length > 0 ? `{${all.join(',')}}` : '';
};

/** A metric with its help and type, as the text format wants it. */
export function metric(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  samples: readonly Sample[] | number,
): string {
  const all = typeof samples === 'number' ? [[{}, samples] as const] : samples;
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...all.map(([labels, value]) => `${name}${labelsOf(labels)} ${value}`),
    '',
  ].join('\n');
}

/** Wakes the process up as often: it is measured only once somebody has asked. Milliseconds. */
const resolution = 20;
const quantiles = [0.5, 0.9, 0.99] as const;

export class Metrics {
  readonly #counted: Counted;
  #delay: ReturnType<typeof monitorEventLoopDelay> | undefined;

  constructor(counted: Counted) {
    this.#counted = counted;
  }

  text(): string {
    const { context, classes } = this.#counted;
    const { rooms, operation } = context;
    const { tally, traceBytes } = rooms;
    const directions = (counts: Readonly<Record<string, number>>): Sample[] =>
      Object.entries(counts).map(([direction, count]) => [{ direction }, count]);
    const limits = [...tally.limits].map(([key, count]): Sample => {
      const [limit = '', effect = ''] = key.split(' ');
      return [{ limit, effect }, count];
    });
    const people = classes();
    const memory = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return [
      metric('retained_rooms', 'gauge', 'Rooms that are open.', rooms.size),
      metric('retained_lines', 'gauge', 'MQTT connections in rooms, those of scenes too.', tally.lines.opened - tally.lines.closed), // prettier-ignore
      metric('retained_lines_opened_total', 'counter', 'MQTT connections since the start.', tally.lines.opened), // prettier-ignore
      metric('retained_packets_total', 'counter', 'MQTT packets of rooms.', directions(tally.packets)), // prettier-ignore
      metric('retained_messages_total', 'counter', 'PUBLISH packets of rooms.', directions(tally.messages)), // prettier-ignore
      metric('retained_refused_frames_total', 'counter', 'Frames that break a rule of MQTT.', tally.refusedFrames), // prettier-ignore
      metric('retained_limit_total', 'counter', 'What a limit did; a pause counts once a second and line.', limits), // prettier-ignore
      metric('retained_http_responses_total', 'counter', 'HTTP responses.', [...operation.responses].map(([code, count]) => [{ code: String(code) }, count])), // prettier-ignore
      metric('retained_trace_bytes', 'gauge', 'Bytes of all traces.', traceBytes),
      ...(people
        ? [
            metric('retained_classes', 'gauge', 'Classes that are kept.', people.classes),
            metric('retained_members', 'gauge', 'Members of all classes.', people.members),
          ]
        : []),
      metric('retained_event_loop_delay_seconds', 'gauge', 'Delay of the event loop since the last time somebody asked.', this.#delays()), // prettier-ignore
      metric('process_resident_memory_bytes', 'gauge', 'Memory of the process.', memory.rss),
      metric('nodejs_heap_size_used_bytes', 'gauge', 'Memory of objects.', memory.heapUsed),
      metric('nodejs_external_memory_bytes', 'gauge', 'Memory of buffers.', memory.external),
      metric('process_cpu_seconds_total', 'counter', 'CPU time.', (user + system) / 1e6),
      metric('process_start_time_seconds', 'gauge', 'When the process began.', performance.timeOrigin / 1000), // prettier-ignore
    ].join('');
  }

  #delays(): Sample[] {
    const first = !this.#delay;
    this.#delay ??= monitorEventLoopDelay({ resolution });
    const delay = this.#delay;
    if (first) delay.enable();
    const seconds = (nanoseconds: number): number =>
      delay.count === 0 ? 0 : Math.max(0, nanoseconds / 1e9 - resolution / 1000);
    const samples: Sample[] = quantiles.map((quantile) => [
      { quantile: String(quantile) },
      seconds(delay.percentile(quantile * 100)),
    ]);
    samples.push([{ quantile: '1' }, seconds(delay.max)]);
    delay.reset();
    return samples;
  }

  close(): void {
    this.#delay?.disable();
  }
}
