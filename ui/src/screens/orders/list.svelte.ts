/**
 * The list on screen: a snapshot of which orders, in which order. It is taken anew only when
 * asked for or when nothing is in hand; otherwise it stays, and says what it misses by now. The
 * contents of its rows are always read live.
 */
import { asUiError, backend } from "../../backend";
import type { ListFilter, ListNews, ListOpened, OrderRow, UiError } from "../../bindings";
import { app, filterOf } from "../../app.svelte";
import { layout } from "../../parts/rows";
import { CHUNK, RowsRead } from "./read";

export const ROW = 55;
export const HEADING = 33;
const NO_NEWS: ListNews = { new: 0, gone: 0 };

/** Where the eye is: the first row in sight and the one with the cursor. */
export type Place = { first: number; active: number };

export class OrderList {
  filter = $state.raw<ListFilter>(filterOf("needs_you"));
  opened = $state.raw<ListOpened | null>(null);
  fault = $state.raw<UiError | null>(null);
  reading = $state(false);
  news = $state.raw<ListNews>(NO_NEWS);
  /** Another value is another list: it begins at its top. */
  view = $state(0);
  /** Raised when the same rows must be read again. */
  fresh = $state(0);
  /** The row with the cursor; -1 for none. */
  active = $state(-1);

  #asking: symbol | null = null;
  #rows = new RowsRead();
  /** Rows of a list about to be shown, so that nothing flickers when it is. */
  #ahead = new RowsRead();
  #reread: (() => void)[] = [];

  get total(): number {
    return this.opened?.total ?? 0;
  }

  get narrowed(): boolean {
    const { owner, cause, channel, find, put_off } = this.filter;
    return owner !== null || cause !== null || channel !== null || find !== null || put_off;
  }

  /** Shows another list from its top. The old one stays until the new one is there. */
  async open(filter: ListFilter): Promise<void> {
    const before = this.filter;
    this.filter = filter;
    const asking = (this.#asking = Symbol());
    this.reading = true;
    try {
      const opened = await backend.openList(filter);
      if (this.#asking !== asking) return;
      this.#rows = new RowsRead();
      this.#ahead = new RowsRead();
      this.opened = opened;
      this.news = NO_NEWS;
      this.fault = null;
      this.view += 1;
    } catch (failure) {
      if (this.#asking !== asking) return;
      if (this.opened) {
        // The list on screen stays, and so does what it was asked for by.
        this.filter = before;
        app.fault(failure);
      } else this.fault = asUiError(failure);
    } finally {
      if (this.#asking === asking) this.reading = false;
    }
  }

  /** Takes the snapshot anew, the same rows staying under the eye. Answers how far what is in
   * sight moved down, in pixels, or `null` when it was left as it was: the order `keep` is in
   * hand and would no longer be in it. */
  async again(place: Place, keep: string | null): Promise<number | null> {
    const before = this.opened;
    if (!before) return null;
    const asking = (this.#asking = Symbol());
    try {
      const opened = await backend.openList(this.filter);
      const inSight = place.active >= place.first && place.active < place.first + CHUNK / 2;
      const anchor = keep !== null || inSight ? place.active : place.first;
      const ahead = new RowsRead();
      for (const index of [place.first, place.first + CHUNK / 2, anchor])
        await this.#readAhead(opened, index, ahead);
      const cursor = this.at(place.active)?.number;
      const moved = await this.#find(opened, this.at(anchor)?.number, anchor, ahead);
      if (this.#asking !== asking) return null;
      if (keep !== null && moved < 0) {
        await this.hear();
        return null;
      }
      const was = layout(before.total, before.groups, ROW, HEADING).top(anchor);
      this.#ahead = ahead;
      this.#rows = new RowsRead();
      this.#rows.putAll(ahead);
      this.opened = opened;
      this.news = NO_NEWS;
      this.fault = null;
      this.active = this.indexOf(cursor);
      this.fresh += 1;
      return moved < 0 ? 0 : layout(opened.total, opened.groups, ROW, HEADING).top(moved) - was;
    } catch (failure) {
      // What is on screen stays; only a list that was never there is worth an error page.
      if (this.#asking === asking && !this.opened) this.fault = asUiError(failure);
      return null;
    }
  }

  /** Asks what the snapshot misses by now, and reads its rows again in place. */
  async hear(): Promise<void> {
    const opened = this.opened;
    if (!opened) return;
    this.fresh += 1;
    try {
      const news = await backend.listNews(opened.list);
      if (this.opened === opened) this.news = news;
    } catch {
      // The next change asks again; a list that is gone is opened anew when its rows are read.
    }
  }

  /** Rows of the snapshot as they are now, for the list that shows them. */
  readonly load = async (from: number, count: number): Promise<OrderRow[]> => {
    const opened = this.opened;
    if (!opened || count <= 0) return [];
    const ready = this.#ahead.take(from);
    if (ready) return ready;
    const rows = await backend.listRows(opened.list, from, count);
    if (this.opened === opened) this.#rows.put(from, rows);
    for (const done of this.#reread.splice(0)) done();
    return rows;
  };

  /** Reads the rows in sight again and answers when they are there. */
  reread(): Promise<void> {
    return new Promise((done) => {
      this.#reread.push(done);
      this.fresh += 1;
      // An empty list reads nothing.
      setTimeout(done, 400);
    });
  }

  /** A row that was read already. */
  at(index: number): OrderRow | undefined {
    return this.#rows.at(index);
  }

  /** Where an order stands among the rows that were read; -1 if nowhere. */
  indexOf(number: string | undefined): number {
    return this.#rows.indexOf(number);
  }

  /** The group an index lies in, with its first and the one after its last. */
  groupAt(index: number): { title: string; from: number; to: number } | null {
    let from = 0;
    for (const group of this.opened?.groups ?? []) {
      if (index >= from && index < from + group.count)
        return { title: group.title, from, to: from + group.count };
      from += group.count;
    }
    return null;
  }

  /** The numbers between two indexes, read a part at a time; `told` hears how many are in. */
  async numbers(from: number, to: number, told: (done: number) => void = () => {}) {
    const opened = this.opened;
    const numbers: string[] = [];
    if (!opened) return numbers;
    for (let at = from; at < to; at += 2 * CHUNK) {
      const rows = await backend.listRows(opened.list, at, Math.min(2 * CHUNK, to - at));
      numbers.push(...rows.map((row) => row.number));
      told(numbers.length);
    }
    return numbers;
  }

  async #readAhead(opened: ListOpened, index: number, ahead: RowsRead) {
    const from = Math.floor(index / CHUNK) * CHUNK;
    if (index < 0 || from >= opened.total || ahead.has(from)) return;
    ahead.put(
      from,
      await backend.listRows(opened.list, from, Math.min(CHUNK, opened.total - from)),
    );
  }

  /** Where an order of the old list stands in the new one, looked for near where it was. */
  async #find(
    opened: ListOpened,
    number: string | undefined,
    near: number,
    ahead: RowsRead,
  ): Promise<number> {
    if (number === undefined) return -1;
    for (const step of [0, 1, -1, 2, -2]) {
      await this.#readAhead(opened, near + step * CHUNK, ahead);
      const at = ahead.indexOf(number);
      if (at >= 0) return at;
    }
    return -1;
  }
}
