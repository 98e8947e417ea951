import { quote } from '../../../sandbox/checks/quote.ts';
import { explained, hex, refused, steps, visible } from '../../../sandbox/checks/steps.ts';
import { delivered, over, packets, published } from '../../../sandbox/checks/view.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';

const APP = 'app';
const FORBIDDEN = 'garden/valve';
const REQUEST = 'garden/request/valve';
const NOT_AUTHORIZED = 0x87;
const NO_SUBSCRIBERS = 0x10;

/** Each message of the app that was acknowledged, with the code of its PUBACK or PUBREC. */
function answers(view: View): { topic: string; code: number; version: number }[] {
  const acknowledgements = (['PUBACK', 'PUBREC'] as const).flatMap((kind) =>
    packets(view, { kind, direction: 'to-client', name: APP }),
  );
  return published(view, APP).flatMap(({ packet, entry, line }) => {
    const answer = acknowledgements.find(
      (each) =>
        each.line.line === line.line &&
        each.packet.packetId === packet.packetId &&
        each.entry.n > entry.n,
    );
    if (!answer) return [];
    const { reasonCode: code, version } = answer.packet;
    return [{ topic: packet.topic, code, version }];
  });
}
const said = (view: View, code: number) => answers(view).some((answer) => answer.code === code);
/** What was seen instead, for the hints that speak last. */
const seen = (view: View) => ({
  codes:
    answers(view)
      .map(({ topic, code }) => `${topic}: ${hex(code)}`)
      .join(', ') || '∅',
});

const opened = (view: View) =>
  delivered(view, 'valve').filter(({ packet }) => packet.payload.length > 0);
const propertiesOf = (view: View): [name: string, value: string][] =>
  opened(view).flatMap(({ packet }) => packet.properties?.userProperties ?? []);
const isSigned = (view: View) =>
  propertiesOf(view).some(([name, value]) => name === 'from' && value.trim() !== '');

const exercise: Exercise = {
  devices: ['app.ts'],
  scene: { actors: [{ name: 'valve', version: 5, subscribes: [{ filter: REQUEST, qos: 1 }] }] },
  panels: ['stage', 'packets', 'files'],
  checks: steps(
    [APP],
    [
      {
        id: 'forbidden',
        holds: (view) => said(view, NOT_AUTHORIZED),
        hints: [
          refused(APP),
          {
            // 3.1.1 has no code in PUBACK: section 3.4.
            id: 'old-version',
            when: (view) => {
              const old = answers(view).filter(({ version }) => version < 5);
              return old.length > 0 && { count: old.length };
            },
          },
          {
            id: 'rules-changed',
            when: (view) => answers(view).some(({ topic }) => topic === FORBIDDEN),
          },
          {
            // 5.0 [MQTT-3.3.4-1]: nothing acknowledges QoS 0.
            id: 'qos-0',
            when: (view) => {
              const silent = published(view, APP).find(({ packet }) => packet.qos === 0);
              return silent ? { topic: silent.packet.topic } : false;
            },
          },
          ...explained(/Publish error/, APP),
          { id: 'not-tried', when: (view) => over(view, APP) && seen(view) },
        ],
      },
      {
        id: 'nobody',
        holds: (view) => said(view, NO_SUBSCRIBERS),
        hints: [
          ...explained(/Publish error/, APP),
          { id: 'always-somebody', when: (view) => over(view, APP) && seen(view) },
        ],
      },
      {
        // 5.0 [MQTT-3.3.2-17]: the broker passes user properties on as they are.
        id: 'signed',
        holds: isSigned,
        hints: [
          {
            id: 'empty-value',
            when: (view) => propertiesOf(view).some(([name]) => name === 'from'),
          },
          {
            id: 'other-name',
            when: (view) => {
              const [first] = propertiesOf(view);
              return first ? { name: visible(first[0]), value: visible(first[1]) } : false;
            },
          },
          { id: 'unsigned', when: (view) => opened(view).length > 0 },
          ...explained(/Publish error/, APP),
          { id: 'not-opened', when: (view) => over(view, APP) && seen(view) },
        ],
      },
    ],
  ),
  proof: (view) => ({
    from: quote(propertiesOf(view).find(([name]) => name === 'from')![1]),
  }),
  predictions: [
    {
      id: 'acknowledged',
      measure(view) {
        const count = answers(view).filter(({ version }) => version < 5).length;
        return over(view, APP) && count === 3 ? { answer: 0, values: { count } } : undefined;
      },
    },
  ],
};

export default exercise;
