import { h, setText } from '../../ui/dom.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { StatePoll } from '../../room/state-poll.ts';
import { tool, topicField } from '../panel-tools.ts';
import { createSelectableList } from '../../ui/selectable-list.ts';
import { faultOfFilter } from './explain.ts';
import { createTopicDetail } from './topic-detail.ts';
import { topicRow } from './topic-row.ts';
import { rowsOf, type TopicRow } from './topic-rows.ts';
import { topicCount } from './topic-count.ts';
import { TopicTree } from './topic-tree.ts';
import { stepIn } from './tree-keys.ts';

const storedFilter = 'filter';

/** Every topic of the run, and what a filter makes of it. */
export function createTopicsPanel({ record, room, store, words }: PanelContext): Panel {
  const tree = new TopicTree();
  const closed = new Set<string>(['$SYS']);
  let rows: TopicRow[] = [];
  let matched = 0;
  let selected: string | undefined;
  let isShown = false;

  const status = h('p', { class: 'wb-tools-say', role: 'status' });
  const input = topicField('home/+/light', (text) => {
    store.setItem(storedFilter, text);
    draw();
  });
  input.value = (store.getItem(storedFilter) ?? '').slice(0, 512);
  const empty = h('p', { class: 'wb-empty' }, words('panels.topics.empty'));
  const leftOut = h('p', { class: 'wb-left-out', hidden: true });
  const detail = createTopicDetail(words, () => {
    select(undefined);
    list.focus();
  });
  const list = createSelectableList({
    role: 'tree',
    class: 'wb-packets-list wb-topics-list',
    label: words('panels.topics.label'),
    name: 'topic',
    rowHeight: () => 28,
    count: () => rows.length,
    selected: () => rows.findIndex(({ node }) => node.topic === selected),
    signature(index) {
      const { node, open, matches } = rows[index]!;
      const { topic, countBelow, count, retained, last } = node;
      return [topic, open, matches, countBelow, count, retained, last?.at].join(' ');
    },
    render: (index) => topicRow(rows[index]!, words),
    select: (index) => select(index === undefined ? undefined : rows[index]!.node.topic),
    onClick(index, target) {
      if (target.closest('.wb-topic-fold')) fold(rows[index]!);
    },
    onKey,
  });
  const element = h(
    'section',
    { role: 'group', class: 'wb-view', 'aria-label': words('workbench.panel.topics') },
    h('div', { class: 'wb-tools' }, tool(words('panels.topics.try'), input), status),
    leftOut,
    h('div', { class: 'wb-packets-view' }, empty, list.element),
    detail.element,
  );
  function fold(row: TopicRow): void {
    if (row.open === undefined) return;
    if (row.open) closed.add(row.node.topic);
    else closed.delete(row.node.topic);
    draw();
  }
  function select(topic: string | undefined): void {
    selected = topic;
    draw();
    list.point();
  }
  /** The keys of a tree, instead of those of a list. */
  function onKey({ key }: KeyboardEvent): boolean {
    const at = rows.findIndex(({ node }) => node.topic === selected);
    const step = stepIn(rows, at, key);
    if (!step) return false;
    if (step.fold) fold(rows[at]!);
    else select(rows[step.to]!.node.topic);
    return true;
  }

  function draw(): void {
    if (!isShown) return;
    const text = input.value;
    const fault = text === '' ? null : faultOfFilter(text);
    const filter = text === '' || fault ? undefined : text;
    ({ rows, matched } = rowsOf(tree, closed, filter));
    input.setAttribute('aria-invalid', String(fault !== null));
    setText(
      status,
      fault
        ? words(`rule.${fault}`)
        : topicCount(words, tree.topics, filter === undefined ? undefined : matched),
    );
    empty.hidden = rows.length > 0;
    list.element.hidden = !empty.hidden;
    const missed = leftOutText();
    leftOut.hidden = missed === '';
    setText(leftOut, missed);
    const node = rows.find((row) => row.node.topic === selected)?.node;
    detail.show(node, filter);
    list.draw();
  }
  function leftOutText(): string {
    const { leftOut: count, packetsMissed: missed } = tree;
    return [
      count > 0 && words('panels.topics.left-out', { count, all: tree.topics }),
      missed > 0 && words('panels.missed', { count: missed }),
    ]
      .filter((sentence) => sentence !== false)
      .join(' ');
  }

  const poll = new StatePoll(
    // A page whose room is not made yet has nothing to ask.
    () => (room.answer ? room.state() : Promise.reject(new Error('no room'))),
    (state) => {
      if (!state) return;
      tree.sync(record);
      tree.holdOnly(new Set(state.retained.map(({ topic }) => topic)));
      for (const { topic, payload } of state.retained) tree.hold(topic, payload);
      draw();
    },
  );
  const update = (): void => {
    // Hidden, it counts all the same: the record forgets what is old.
    if (tree.sync(record)) {
      closed.clear();
      closed.add('$SYS');
      list.clear();
    }
    draw();
    if (room.answer) poll.changed();
  };
  const unsubscribe = record.subscribe(update);
  list.element.hidden = true;
  return {
    element,
    show() {
      isShown = true;
      update();
      poll.show();
    },
    hide() {
      isShown = false;
      poll.hide();
    },
    dispose() {
      poll.hide();
      unsubscribe();
    },
  };
}
