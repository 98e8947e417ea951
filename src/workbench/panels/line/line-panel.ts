import type { LinkConditions } from '../../../../sandbox/protocol/faults.ts';
import { applyPreset, type PresetName, presets } from '../../room/line-presets.ts';
import { h } from '../../ui/dom.ts';
import { render } from '../../ui/view.ts';
import type { Panel, PanelContext } from '../panel.ts';
import type { Conditions } from './conditions-form.ts';
import { changedDraft, type FaultDraft, firstDraft, faultRuleOf } from './fault-choice.ts';
import { type ArmedRule, FaultHits } from './fault-hits.ts';
import { lineView } from './line-view.ts';

/** The sandbox arms 20 in a room, the scene's among them. */
const mostArmed = 10;

/** The line panel: the conditions and faults that a learner sets on clients' lines. */
export function createLinePanel(context: PanelContext): Panel {
  const { run: record, room, conditions, words, data, devices } = context;
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.line.${key}`, values);
  const hits = new FaultHits();
  let armed: ArmedRule[] = [];
  let draft: FaultDraft = firstDraft;
  let client = '';
  let status = '';
  /** Latency and loss as the learner wants them: they outlive the reset at the start of a run. */
  const wanted = new Map<string, LinkConditions>();
  const named = new Map<string, PresetName>();
  /** The value of a slider that is being moved. */
  let moved: Conditions = {};
  let ids = 0;
  let isShown = false;

  const element = h('section', {
    role: 'group',
    class: 'wb-line',
    'aria-label': words('workbench.panel.line'),
  });
  const actions = {
    chooseClient(name: string): void {
      client = name;
      moved = {};
      draw();
    },
    slide(value: Conditions): void {
      moved = value;
      draw();
    },
    change(change: Conditions): void {
      moved = {};
      const kept = { ...wanted.get(client), ...change, client };
      delete kept.frozen;
      wanted.set(client, kept);
      named.delete(client);
      void attempt(() => conditions.change({ client, ...change }));
    },
    preset(name: PresetName | undefined): void {
      moved = {};
      wanted.delete(client);
      if (name) named.set(client, name);
      else named.delete(client);
      void attempt(() => applyPreset(context, client, name));
    },
    cut: () => void attempt(() => room.cut(client), t('no-line', { client })),
    choose(change: Partial<FaultDraft>): void {
      draft = changedDraft(draft, change);
      draw();
    },
    arm(): void {
      const waiting = armed.filter(({ hit }) => !hit);
      if (waiting.length >= mostArmed) return setStatus(t('too-many', { count: mostArmed }));
      // Older hits are in the list below.
      const used = armed.filter(({ hit }) => hit).slice(-mostArmed);
      armed = [...used, ...waiting, { id: ++ids, rule: faultRuleOf({ ...draft, client }) }];
      void send(t('is-armed'));
    },
    again(one: ArmedRule): void {
      armed = armed.map((each) => (each === one ? { id: one.id, rule: one.rule } : each));
      void send(t('is-armed'));
    },
    remove(one: ArmedRule): void {
      armed = armed.filter((each) => each !== one);
      if (one.hit) draw();
      else void send();
    },
  };

  async function attempt(
    request: () => Promise<void>,
    failure = t('failed'),
    success = '',
  ): Promise<void> {
    setStatus('');
    try {
      await request();
      setStatus(success);
    } catch {
      setStatus(failure);
    }
  }
  function setStatus(text: string): void {
    status = text;
    draw();
  }
  /** Sends all rules each time: then it does not matter which of them a reset has cleared. */
  async function send(success?: string): Promise<void> {
    const rules = armed.filter(({ hit }) => !hit).map(({ rule }) => rule);
    await attempt(() => room.arm(rules, true), undefined, success);
  }

  function draw(): void {
    if (!isShown) return;
    const clients = clientNames();
    if (!clients.includes(client)) client = clients[0] ?? '';
    const shown = { ...wanted.get(client), ...conditions.of(client), ...moved };
    const list = hits.list.toReversed();
    const { runLines: lines } = context;
    const preset = conditions.presetOf(client);
    const state = { clients, client, status, conditions: shown, preset };
    const model = { ...state, draft, armed, hits: list, lines };
    render(lineView(model, actions, words), element);
  }
  /** The programs first; then the other clients in the room. */
  function clientNames(): string[] {
    const others = hits.clients.all(context.runLines, words).map(({ name }) => name);
    const actors = data.actors.map(({ name }) => name);
    return [...new Set([...devices, ...actors, ...others])];
  }

  function update(): void {
    hits.sync(record, armed, () => context.runLines);
    draw();
  }
  /** A run starts with a fresh room: what waits for its packet is armed in it before a program runs. */
  function begin(): void {
    if (armed.some(({ hit }) => !hit)) void send();
    // A client that comes now needs no cut; one that is frozen would never connect.
    for (const [whose, name] of named) {
      const { frozen, ...rest } = presets[name].conditions;
      if (!frozen) void conditions.change({ client: whose, ...rest }, name).catch(() => {});
    }
    for (const kept of wanted.values()) {
      if (kept.latencyMs || kept.loss) void conditions.change(kept).catch(() => {});
    }
  }
  const stops = [
    record.onBegin(begin),
    record.subscribe(update),
    conditions.subscribe(() => draw()),
  ];
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
