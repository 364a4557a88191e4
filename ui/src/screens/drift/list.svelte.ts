/**
 * The table on screen: a snapshot of which SKUs, in which order, with the comparison it is of. It
 * is taken anew when asked for or when nothing is in hand. The contents of its rows are read live.
 */
import { app } from "../../app.svelte";
import { asUiError, backend } from "../../backend";
import type {
  DriftCategory,
  DriftFilter,
  DriftOpened,
  DriftRow,
  ListNews,
  UiError,
} from "../../bindings";

const NO_NEWS: ListNews = { new: 0, gone: 0 };
/** How far round the cursor its SKU is looked for when the list is taken anew. */
const NEAR = 100;

/** All SKUs of one category, or all. */
export function driftOf(
  category: DriftCategory | null = null,
  find: string | null = null,
): DriftFilter {
  return { category, find };
}

export class DriftList {
  filter = $state.raw<DriftFilter>(driftOf());
  opened = $state.raw<DriftOpened | null>(null);
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
  #rows: (DriftRow | undefined)[] = [];

  get total(): number {
    return this.opened?.total ?? 0;
  }

  get narrowed(): boolean {
    return this.filter.category !== null || this.filter.find !== null;
  }

  /** Shows another list from its top. The old one stays until the new one is there. */
  async open(filter: DriftFilter): Promise<void> {
    const before = this.filter;
    this.filter = filter;
    const asking = (this.#asking = Symbol());
    this.reading = true;
    try {
      const opened = await backend.openDrift(filter);
      if (this.#asking !== asking) return;
      this.#take(opened);
      this.active = -1;
      this.view += 1;
    } catch (failure) {
      if (this.#asking !== asking) return;
      if (this.opened) {
        this.filter = before;
        app.fault(failure);
      } else this.fault = asUiError(failure);
    } finally {
      if (this.#asking === asking) this.reading = false;
    }
  }

  /** Takes the snapshot anew with the cursor on the same SKU, where that is near. */
  async again(): Promise<void> {
    const asking = (this.#asking = Symbol());
    const cursor = this.at(this.active)?.sku;
    try {
      const opened = await backend.openDrift(this.filter);
      const from = Math.max(0, this.active - NEAR);
      const near =
        cursor === undefined
          ? []
          : await backend.driftRows(opened.list, from, Math.min(opened.total, 2 * NEAR));
      if (this.#asking !== asking) return;
      const at = near.findIndex((row) => row.sku === cursor);
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
      const news = await backend.driftNews(opened.list);
      if (this.opened === opened) this.news = news;
    } catch {
      // The next change asks again; a list that is gone is opened anew when its rows are read.
    }
  }

  /** Rows of the snapshot as they are now, for the list that shows them. */
  readonly load = async (from: number, count: number): Promise<DriftRow[]> => {
    const opened = this.opened;
    if (!opened || count <= 0) return [];
    const rows = await backend.driftRows(opened.list, from, count);
    if (this.opened === opened) rows.forEach((row, index) => (this.#rows[from + index] = row));
    return rows;
  };

  /** A row that was read already. */
  at(index: number): DriftRow | undefined {
    return this.#rows[index];
  }

  /** Where a SKU stands among the rows that were read; -1 if nowhere. */
  indexOf(sku: string): number {
    return this.#rows.findIndex((row) => row?.sku === sku);
  }

  #take(opened: DriftOpened): void {
    this.#rows = [];
    this.opened = opened;
    this.news = NO_NEWS;
    this.fault = null;
  }
}
