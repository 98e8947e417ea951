/**
 * `npm run bench:class [-- --sizes 50,200,1000] [--seconds 30] [--slowed 4]`: classes at work through one process. Each
 * learner is a member, has a page that watches a room, and two devices there: one sends two messages a second
 * to the other, and once does what the exercise asks. The teacher's page of each class is open. Beside it the
 * same devices on Debian's mosquitto, without rooms, pages and checks.
 *
 * `--slowed 4`: the course gets a quarter of one core, about a Raspberry Pi; Mosquitto is then left out.
 *
 * All of it runs on this machine: the learners' processes take their share of the cores. Times of delivery
 * are therefore an upper bound, and the columns of one run are to be compared.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { course, reference, type BrokerRound } from './class/round.ts';
import { timesOf } from './trust/messages.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '50,200,1000' },
    seconds: { type: 'string', default: '30' },
    slowed: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const seconds = Number(values.seconds);
const slowed = values.slowed === undefined ? undefined : Number(values.slowed);
const MB = 1_048_576;

const row = (...cells: string[]): void => console.log(`| ${cells.join(' | ')} |`);
const ms = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));

function report(name: string, size: number, round: BrokerRound, teacher?: number[]): void {
  const deliveries = timesOf(round.measured.flatMap((one) => one.deliveries));
  const greens = timesOf(round.measured.flatMap((one) => one.greens));
  const sent = round.measured.reduce((sum, one) => sum + one.sent, 0);
  const seen = teacher && timesOf(teacher);
  const failures = round.measured.flatMap((one) => Object.entries(one.failed));
  row(
    ...[
      name,
      String(size),
      `${deliveries.count} of ${sent}`,
      ms(deliveries.p50),
      ms(deliveries.p99),
    ],
    ...(seen
      ? [
          `${greens.count}`,
          ms(greens.p50),
          ms(greens.p99),
          `${seen.count}`,
          ms(seen.p50),
          ms(seen.p99),
        ]
      : ['', '', '', '', '', '']),
    ((round.after - round.before) / size / 1024).toFixed(0),
    ((round.cpu / seconds / size) * 1000).toFixed(2),
    `${((round.cpu / seconds) * 100).toFixed(0)} %`,
    `${(round.after / MB).toFixed(0)}`,
    (round.upMs / 1000).toFixed(0),
    failures.map(([why, count]) => `${count} × ${why}`).join('; ') || 'none',
  );
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}, ${seconds} s each${slowed === undefined ? '' : `, the course with 1/${slowed} of a core`}\n`,
);
const head = [
  ...[
    'broker',
    'learners',
    'delivered',
    'delivery p50 (ms)',
    'p99',
    'green on the page',
    'p50',
    'p99',
  ],
  ...[
    'on the teacher’s',
    'p50',
    'p99',
    'KB a learner',
    'ms of a core a second, a learner',
    'of a core',
  ],
  ...['MB', 'all there after (s)', 'failures'],
];
row(...head);
row(...head.map((_, n) => (n === 0 ? '---' : '---:')));
for (const size of sizes) {
  const { teacher, ...round } = await course(size, seconds, slowed);
  report('the course', size, round, teacher);
  if (slowed !== undefined) continue;
  const beside = await reference(size, seconds);
  if (beside) report('mosquitto', size, beside);
}
process.exit(0);
