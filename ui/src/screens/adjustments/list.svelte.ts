/**
 * The list on screen: a snapshot of which adjustments, in which order. It is taken anew when asked
 * for or when nothing is in hand; otherwise it stays, and says what it misses by now. The contents
 * of its rows are always read live.
 */
import { app } from "../../app.svelte";
import { asUiError, backend } from "../../backend";
import type {
  AdjustmentRow,
  AdjustmentsFilter,
  AdjustmentsOpened,
  ListNews,
  UiError,
} from "../../bindings";

const NO_NEWS: ListNews = { new: 0, gone: 0 };
/** How far round the cursor its adjustment is looked for when the list is taken anew. */
const NEAR = 100;

/** A tab without any narrowing. */
export function under(
  tab: AdjustmentsFilter["tab"],
  more: Partial<AdjustmentsFilter> = {},
): AdjustmentsFilter {
  return { tab, owner: null, reason: null, day: null, find: null, ...more };
}

export class AdjustmentList {
  filter = $state.raw<AdjustmentsFilter>(under("all"));
  opened = $state.raw<AdjustmentsOpened | null>(null);
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
  #rows: (AdjustmentRow | undefined)[] = [];

  get total(): number {
    return this.opened?.total ?? 0;
  }

  get narrowed(): boolean {
    const { owner, reason, day, find } = this.filter;
    return owner !== null || reason !== null || day !== null || find !== null;
  }

  /** Shows another list from its top. The old one stays until the new one is there. */
  async open(filter: AdjustmentsFilter): Promise<void> {
    const before = this.filter;
    this.filter = filter;
    const asking = (this.#asking = Symbol());
    this.reading = true;
    try {
      const opened = await backend.openAdjustments(filter);
      if (this.#asking !== asking) return;
      this.#take(opened);
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

  /** Takes the snapshot anew with the cursor on the same adjustment. It stays as it is when the
   * adjustment `keep` would no longer be in it. */
  async again(keep: string | null): Promise<void> {
    const asking = (this.#asking = Symbol());
    const cursor = keep ?? this.at(this.active)?.id;
    try {
      const opened = await backend.openAdjustments(this.filter);
      const from = Math.max(0, this.active - NEAR);
      const near =
        cursor === undefined
          ? []
          : await backend.adjustmentRows(opened.list, from, Math.min(opened.total, 2 * NEAR));
      if (this.#asking !== asking) return;
      const at = near.findIndex((row) => row.id === cursor);
      if (keep !== null && at < 0) return await this.hear();
      this.#take(opened);
      near.forEach((row, index) => (this.#rows[from + index] = row));
      this.active = at < 0 ? -1 : from + at;
      this.fresh += 1;
    } catch {
      // What is on screen stays; the next change asks again.
    }
  }

  /** Asks what the snapshot misses by now, and reads its rows again in place. */
  async hear(): Promise<void> {
    const opened = this.opened;
    if (!opened) return;
    this.fresh += 1;
    try {
      const news = await backend.adjustmentNews(opened.list);
      if (this.opened === opened) this.news = news;
    } catch {
      // The next change asks again; a list that is gone is opened anew when its rows are read.
    }
  }

  /** Rows of the snapshot as they are now, for the list that shows them. */
  readonly load = async (from: number, count: number): Promise<AdjustmentRow[]> => {
    const opened = this.opened;
    if (!opened || count <= 0) return [];
    const rows = await backend.adjustmentRows(opened.list, from, count);
    if (this.opened === opened) rows.forEach((row, index) => (this.#rows[from + index] = row));
    return rows;
  };

  /** A row that was read already. */
  at(index: number): AdjustmentRow | undefined {
    return this.#rows[index];
  }

  /** Where an adjustment stands among the rows that were read; -1 if nowhere. */
  indexOf(id: string): number {
    return this.#rows.findIndex((row) => row?.id === id);
  }

  #take(opened: AdjustmentsOpened): void {
    this.#rows = [];
    this.opened = opened;
    this.news = NO_NEWS;
    this.fault = null;
  }
}
