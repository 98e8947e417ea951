import { h, newId, setText } from '../../ui/dom.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { StatePoll } from '../../room/state-poll.ts';
import { tool, topicField } from '../panel-tools.ts';
import { VirtualList } from '../../ui/virtual-list.ts';
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
  const id = newId('topic');
  let rows: TopicRow[] = [];
  let matched = 0;
  let selected: string | undefined;
  let isShown = false;

  const say = h('p', { class: 'wb-tools-say', role: 'status' });
  const input = topicField('home/+/light', (text) => {
    store.setItem(storedFilter, text);
    draw();
  });
  input.value = (store.getItem(storedFilter) ?? '').slice(0, 512);
  const list = h('div', {
    class: 'wb-packets-list wb-topics-list',
    role: 'tree',
    tabindex: 0,
    'aria-label': words('panels.topics.label'),
    onkeydown: (event: KeyboardEvent) => onKey(event),
    onclick: (event: MouseEvent) => {
      const target = event.target as Element;
      const row = rows[Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? NaN)];
      if (!row) return;
      if (target.closest('.wb-topic-fold')) fold(row);
      select(row.node.topic);
    },
  });
  const empty = h('p', { class: 'wb-empty' }, words('panels.topics.empty'));
  const leftOut = h('p', { class: 'wb-left-out', hidden: true });
  const detail = createTopicDetail(words, () => {
    select(undefined);
    list.focus();
  });
  const element = h(
    'section',
    { role: 'group', class: 'wb-view', 'aria-label': words('workbench.panel.topics') },
    h('div', { class: 'wb-tools' }, tool(words('panels.topics.try'), input), say),
    leftOut,
    h('div', { class: 'wb-packets-view' }, empty, list),
    detail.element,
  );
  const virtual = new VirtualList(list, {
    rowHeight: () => 28,
    count: () => rows.length,
    signature(index) {
      const { node, open, matches } = rows[index]!;
      const shown = [node.topic, open, matches, node.countBelow, node.count, node.retained, node.last?.at];
      return `${shown.join(' ')} ${node.topic === selected}`;
    },
    render(index) {
      const row = rows[index]!;
      return topicRow(row, { id: `${id}-${index}`, index, selected: row.node.topic === selected }, words);
    },
    onFollow: () => {},
    follows: false,
  }); // prettier-ignore

  function fold(row: TopicRow): void {
    if (row.open === undefined) return;
    if (row.open) closed.add(row.node.topic);
    else closed.delete(row.node.topic);
    draw();
  }
  function select(topic: string | undefined): void {
    selected = topic;
    draw();
    const index = rows.findIndex(({ node }) => node.topic === topic);
    if (index < 0) return list.removeAttribute('aria-activedescendant');
    virtual.show(index);
    list.setAttribute('aria-activedescendant', `${id}-${index}`);
  }
  function onKey(event: KeyboardEvent): void {
    const at = rows.findIndex(({ node }) => node.topic === selected);
    if (event.key === 'Escape' && selected !== undefined) select(undefined);
    else {
      const step = stepIn(rows, at, event.key);
      if (!step) return;
      if (step.fold) fold(rows[at]!);
      else select(rows[step.to]!.node.topic);
    }
    event.preventDefault();
  }

  function draw(): void {
    if (!isShown) return;
    const text = input.value;
    const fault = text === '' ? null : faultOfFilter(text);
    const filter = text === '' || fault ? undefined : text;
    ({ rows, matched } = rowsOf(tree, closed, filter));
    input.setAttribute('aria-invalid', String(fault !== null));
    setText(
      say,
      fault
        ? words(`rule.${fault}`)
        : topicCount(words, tree.topics, filter === undefined ? undefined : matched),
    );
    empty.hidden = rows.length > 0;
    list.hidden = !empty.hidden;
    const missed = leftOutText();
    leftOut.hidden = missed === '';
    setText(leftOut, missed);
    const node = rows.find((row) => row.node.topic === selected)?.node;
    detail.show(node, filter);
    virtual.draw();
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
      virtual.clear();
    }
    draw();
    if (room.answer) poll.changed();
  };
  const unsubscribe = record.subscribe(update);
  list.hidden = true;
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
