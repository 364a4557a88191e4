/**
 * Selecting beyond the rows in sight: groups, what is left of a selection when the list was taken
 * anew, and which orders an action is about.
 */
import type { Group } from "../../bindings";
import { list as words } from "../../words/orders";
import { only, without, type About } from "./about";
import type { OrderList } from "./list.svelte";
import type { Selection } from "./selection.svelte";

export class Choosing {
  /** How far a long selection has come; "" when none is being made. */
  progress = $state("");

  constructor(
    private readonly list: OrderList,
    private readonly selection: Selection,
  ) {}

  /** Selects a group or, when all of it is, leaves it out again. */
  async toggle(from: number, to: number): Promise<void> {
    const { list, selection } = this;
    if (this.progress) return;
    if (from === 0 && to === list.total) {
      if (selection.whole) selection.clear();
      else selection.takeAll();
      return;
    }
    this.progress = words.choosing(0, to - from);
    try {
      const numbers = await list.numbers(from, to, (done) => {
        this.progress = words.choosing(done, to - from);
      });
      const all = numbers.every((number) => selection.has(number));
      for (const number of numbers)
        if (all) selection.delete(number);
        else selection.add(number);
    } finally {
      this.progress = "";
    }
  }

  toggleGroup(group: Group): Promise<void> {
    const { from, to } = this.#span(group);
    return this.toggle(from, to);
  }

  /** Whether a group is selected, as far as its rows are known. */
  has(group: Group): boolean {
    const { list, selection } = this;
    if (selection.all) return selection.whole;
    if (selection.size < group.count) return false;
    const { from, to } = this.#span(group);
    for (let at = from; at < to; at++) {
      const row = list.at(at);
      if (row && !selection.has(row.number)) return false;
    }
    return true;
  }

  /** What is no longer in the list cannot stay selected. */
  async prune(): Promise<void> {
    const { list, selection } = this;
    if (selection.all || !selection.any(list.total)) return;
    const here = await list.numbers(0, list.total);
    for (const number of without(selection, here)) selection.delete(number);
  }

  /** What an action is about: the selection, or else the order under the cursor. */
  async about(current: string | null): Promise<About | null> {
    const { list, selection } = this;
    const opened = list.opened;
    if (opened && selection.whole)
      return {
        which: { list: opened.list },
        means: () => list.opened?.list === opened.list,
      };
    const numbers = selection.all
      ? (await list.numbers(0, list.total)).filter((number) => !selection.leftOut.has(number))
      : [...selection];
    if (!numbers.length && current !== null) numbers.push(current);
    return numbers.length ? only(numbers) : null;
  }

  #span(group: Group): { from: number; to: number } {
    let from = 0;
    for (const each of this.list.opened?.groups ?? []) {
      if (each === group) return { from, to: from + group.count };
      from += each.count;
    }
    return { from: 0, to: 0 };
  }
}
