import type { Direction, PacketKind } from '../../../../sandbox/protocol/mqtt.ts';
import type { Words } from '../../i18n/words.ts';
import { h, setText } from '../../ui/dom.ts';
import { choices, tool } from '../panel-tools.ts';
import { actions, type FaultChoice, kindsOf, mostAfter, mostDelayMs } from './fault-choice.ts';

/** “The next PUBACK from the broker: drop it and cut the line.” */
export function createFaultForm(
  words: Words,
  onArm: (choice: Omit<FaultChoice, 'client'>) => void,
): HTMLElement {
  const say = (key: string, values?: Record<string, string | number>) =>
    words(`panels.line.${key}`, values);
  const direction = choices(
    (['to-client', 'to-broker'] as const).map((way) => [way, words(`workbench.${way}`)]),
    () => listKinds(),
  );
  const kind = choices([], () => {});
  const action = choices(
    actions.map((name) => [name, say(`action.${name}`)]),
    () => show(),
  );
  const number = (value: number, max: number, step: number) =>
    h('input', { type: 'number', min: 0, max, step, value, inputmode: 'numeric' });
  const after = number(0, mostAfter, 1);
  const ms = number(1000, mostDelayMs, 100);
  const delay = tool(say('ms'), ms);
  const why = h('p', { class: 'wb-line-why' });
  const form = h(
    'form',
    {
      class: 'wb-line-form',
      'aria-label': say('arm.title'),
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        onArm({
          direction: direction.value as Direction,
          kind: kind.value as PacketKind | '',
          action: action.value as FaultChoice['action'],
          after: after.valueAsNumber,
          ms: ms.valueAsNumber,
        });
      },
    },
    h(
      'div',
      { class: 'wb-tools' },
      tool(say('kind'), kind),
      tool(say('direction'), direction),
      tool(say('after'), after),
      tool(say('action'), action),
      delay,
      h('button', { class: 'wb-button' }, say('arm')),
    ),
    why,
  );
  function listKinds(): void {
    const chosen = kind.value;
    const kinds = kindsOf[direction.value as Direction];
    kind.replaceChildren(
      ...kinds.map((name) => h('option', { value: name }, name)),
      h('option', { value: '' }, say('kind.any')),
    );
    kind.value = kinds.includes(chosen as PacketKind) || chosen === '' ? chosen : kinds[0]!;
  }
  function show(): void {
    delay.hidden = action.value !== 'delay';
    setText(why, say(`why.${action.value}`));
  }
  listKinds();
  kind.value = 'PUBACK';
  show();
  return form;
}
