import type { LinkConditions } from '../../../../sandbox/protocol/faults.ts';
import { h, setText } from '../../ui/dom.ts';
import { renderKeyed, type Keyed } from '../../ui/keyed-list.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { choices, tool } from '../panel-tools.ts';
import { type FaultChoice, ruleOf } from './fault-choice.ts';
import { createFaultForm } from './fault-form.ts';
import { createConditionsForm } from './weather-form.ts';
import { armedRow, hitRow } from './fault-rows.ts';
import { type Armed, FaultHits } from './strikes.ts';

/** The sandbox arms 20 in a room, the scene's among them. */
const mostArmed = 10;

/** What a learner does to the lines of the clients, and where it struck. */
export function createLinePanel(context: PanelContext): Panel {
  const { record, room, conditions, words, data, devices } = context;
  const say = (key: string, values?: Record<string, string | number>) =>
    words(`panels.line.${key}`, values);
  const strikes = new FaultHits();
  let armed: Armed[] = [];
  /** Latency and loss as the learner wants them: they outlive the reset at the start of a run. */
  const wanted = new Map<string, LinkConditions>();
  let ids = 0;
  let isShown = false;
  let listed = '';

  const status = h('p', { class: 'wb-line-status', role: 'status' });
  const client = choices([], () => draw());
  const weather = createConditionsForm(words, {
    change(change) {
      const kept = { ...wanted.get(client.value), ...change, client: client.value };
      delete kept.frozen;
      wanted.set(client.value, kept);
      void attempt(() => conditions.change({ client: client.value, ...change }));
    },
    cut: () => void attempt(() => room.cut(client.value), say('no-line', { client: client.value })),
  });
  const form = createFaultForm(words, (choice) => arm({ ...choice, client: client.value }));
  const armedList = h('ul', { class: 'wb-line-list', 'aria-label': say('armed') });
  const struckList = h('ul', { class: 'wb-line-list', 'aria-label': say('struck') });
  const nothing = h('p', { class: 'wb-empty' }, say('nothing'));
  const element = h(
    'section',
    { role: 'group', class: 'wb-line', 'aria-label': words('workbench.panel.line') },
    h('div', { class: 'wb-tools wb-line-whose' }, tool(say('client'), client), status),
    weather.element,
    form,
    armedList,
    h('h3', { class: 'wb-title' }, say('struck')),
    nothing,
    struckList,
  );

  async function attempt(request: () => Promise<void>, otherwise = say('failed')): Promise<void> {
    setText(status, '');
    try {
      await request();
    } catch {
      setText(status, otherwise);
    }
    draw();
  }

  function arm(choice: FaultChoice): void {
    const live = armed.filter(({ struck }) => !struck);
    if (live.length >= mostArmed) return setText(status, say('too-many', { count: mostArmed }));
    // What struck long ago is in the list below.
    const struck = armed.filter((each) => each.struck).slice(-mostArmed);
    armed = [...struck, ...live, { id: ++ids, rule: ruleOf(choice) }];
    void send(say('is-armed'));
  }
  function again(one: Armed): void {
    armed = armed.map((each) => (each === one ? { id: one.id, rule: one.rule } : each));
    void send(say('is-armed'));
  }
  function remove(one: Armed): void {
    const wasLive = !one.struck;
    armed = armed.filter((each) => each !== one);
    if (wasLive) void send();
    else draw();
  }
  /** The room is told all of them each time: then it does not matter what a reset has cleared. */
  async function send(said = ''): Promise<void> {
    const rules = armed.filter(({ struck }) => !struck).map(({ rule }) => rule);
    await attempt(async () => {
      await room.arm(rules, true);
      setText(status, said);
    });
  }

  function draw(): void {
    if (!isShown) return;
    listClients();
    weather.show({ ...wanted.get(client.value), ...conditions.of(client.value) });
    renderKeyed(
      armedList,
      armed.map((one): Keyed => ({
        key: String(one.id),
        signature: String(one.struck?.n ?? 'armed'),
        render: () => armedRow(one, words, { again, remove }),
      })),
    );
    nothing.hidden = strikes.list.length > 0;
    renderKeyed(
      struckList,
      strikes.list.toReversed().map((strike): Keyed => ({
        key: String(strike.n),
        signature: String(strike.times),
        render: () => hitRow(strike, context.lines, words),
      })),
    );
  }
  /** The programs first; then whoever is in the room. */
  function listClients(): void {
    const others = strikes.clients.all(context.lines, words).map(({ name }) => name);
    const actors = data.actors.map(({ name }) => name);
    const names = [...new Set([...devices, ...actors, ...others])];
    if (JSON.stringify(names) === listed) return;
    listed = JSON.stringify(names);
    const chosen = client.value;
    client.replaceChildren(...names.map((name) => h('option', { value: name }, name)));
    client.value = names.includes(chosen) ? chosen : (names[0] ?? '');
  }

  function update(): void {
    const begun = strikes.sync(record, armed, () => context.lines);
    // A run starts with a fresh room: what waits for its packet has to be armed in it again.
    if (begun && record.generation !== generation) {
      generation = record.generation;
      if (armed.some(({ struck }) => !struck)) void send();
      for (const kept of wanted.values()) {
        if (kept.latencyMs || kept.loss) void conditions.change(kept).catch(() => {});
      }
    }
    draw();
  }
  let generation = record.generation;
  const stops = [record.subscribe(update), conditions.subscribe(() => draw())];
  update();
  return {
    element,
    show() {
      isShown = true;
      update();
    },
    hide: () => (isShown = false),
    dispose: () => stops.forEach((stop) => stop()),
  };
}
