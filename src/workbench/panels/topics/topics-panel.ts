import { MomentState } from '../../time/moment-state.ts';
import { h } from '../../ui/dom.ts';
import { createSelectableList } from '../../ui/selectable-list.ts';
import { render } from '../../ui/view.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { faultOfFilter } from './explain.ts';
import { topicCount } from './topic-count.ts';
import { topicRow } from './topic-row.ts';
import { rowsOf, type TopicRow } from './topic-rows.ts';
import { TopicTree } from './topic-tree.ts';
import { topicsView } from './topics-view.ts';
import { stepIn } from './tree-keys.ts';

const storedFilter = 'filter';

/** Every topic of the run, and what a filter makes of it. */
export function createTopicsPanel({ record, time, room, store, words }: PanelContext): Panel {
  const tree = new TopicTree();
  const closed = new Set<string>(['$SYS']);
  const storedText = (store.getItem(storedFilter) ?? '').slice(0, 512);
  let text = storedText;
  let rows: TopicRow[] = [];
  let selected: string | undefined;
  /** The broker does not tell what it retains. */
  let isUnavailable = false;
  let isShown = false;

  const element = h('section', {
    role: 'group',
    class: 'wb-view',
    'aria-label': words('workbench.panel.topics'),
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
    render: (index, attributes) => topicRow(rows[index]!, attributes, words),
    select: (index) => select(index === undefined ? undefined : rows[index]!.node.topic),
    onClick(index, target) {
      if (target.closest('.wb-topic-fold')) fold(rows[index]!);
    },
    onKey,
  });
  const actions = {
    type(typed: string): void {
      text = typed;
      store.setItem(storedFilter, text);
      draw();
    },
    close(): void {
      select(undefined);
      list.focus();
    },
  };

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
    const fault = text === '' ? null : faultOfFilter(text);
    const filter = text === '' || fault ? undefined : text;
    const found = rowsOf(tree, closed, filter);
    rows = found.rows;
    list.element.hidden = rows.length === 0;
    const matched = filter === undefined ? undefined : found.matched;
    const model = {
      text: storedText,
      isInvalid: fault !== null,
      filter,
      status: fault ? words(`rule.${fault}`) : topicCount(words, tree.topics, matched),
      unknown: unknownSentences(),
      hasRows: rows.length > 0,
      tree: list.element,
      selected: rows.find(({ node }) => node.topic === selected)?.node,
    };
    render(topicsView(model, actions, words), element);
    list.draw();
  }
  function unknownSentences(): string[] {
    const { leftOut: count, packetsMissed: missed, topics: all } = tree;
    return [
      isUnavailable && words('panels.topics.untold'),
      count > 0 && words('panels.topics.left-out', { count, all }),
      missed > 0 && words('panels.missed', { count: missed }),
    ].filter((sentence) => sentence !== false);
  }

  const poll = new MomentState(room, time, {
    onState(state) {
      isUnavailable = false;
      tree.sync(record);
      tree.holdOnly(new Set(state.retained.map(({ topic }) => topic)));
      for (const { topic, payload } of state.retained) tree.hold(topic, payload);
      draw();
    },
    onUnavailable() {
      isUnavailable = true;
      draw();
    },
  });
  const update = (): void => {
    // Hidden, it counts all the same: the record forgets what is old.
    const begun = tree.sync(record);
    if (begun) {
      closed.clear();
      closed.add('$SYS');
      list.clear();
    }
    draw();
    if (begun) poll.restart();
    else poll.changed();
  };
  const unsubscribe = record.subscribe(update);
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
