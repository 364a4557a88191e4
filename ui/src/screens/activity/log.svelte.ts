/**
 * The log on screen: read a part at a time from the newest entry down. It only ever grows at its
 * end; what is newer than its beginning is counted and shown when asked for.
 */

import { asUiError, backend } from "../../backend";
import type { ActivityFilter, ActivityRow, UiError } from "../../bindings";

/** Entries read at a time. */
export const PART = 100;

export const everything: ActivityFilter = {
  find: null,
  kind: "all",
  outcome: "all",
  vendor: null,
  day: null,
};

export class Log {
  filter = $state.raw<ActivityFilter>(everything);
  rows = $state.raw<ActivityRow[]>([]);
  /** Counts the readings from the top: another number is another list. */
  list = $state(0);
  /** Raised when rows were added at the end. */
  grown = $state(0);
  /** Entries newer than the list's beginning. */
  newer = $state(0);
  read = $state(false);
  fault = $state<UiError | null>(null);
  /** Where the next part begins. */
  #next: number | null = null;
  #reading = false;

  get narrowed(): boolean {
    const { find, kind, outcome, vendor, day } = this.filter;
    return find !== null || kind !== "all" || outcome !== "all" || vendor !== null || day !== null;
  }

  get whole(): boolean {
    return this.read && this.#next === null;
  }

  /** Reads from the newest entry down, under this filter. */
  async begin(filter: ActivityFilter = this.filter): Promise<void> {
    this.filter = filter;
    const list = (this.list += 1);
    this.#reading = false;
    await this.#part(null, list, (rows) => {
      this.rows = rows;
      this.newer = 0;
      this.read = true;
    });
  }

  /** Reads the next part, if there is one. */
  async more(): Promise<void> {
    if (this.#next === null || this.#reading) return;
    await this.#part(this.#next, this.list, (rows) => {
      this.rows = [...this.rows, ...rows];
      this.grown += 1;
    });
  }

  /** Counts what is newer than the list's beginning. */
  async look(): Promise<void> {
    const first = this.rows[0]?.entry ?? 0;
    const list = this.list;
    try {
      const { rows } = await backend.activity(this.filter, null, PART);
      if (list === this.list) this.newer = rows.filter(({ entry }) => entry > first).length;
    } catch {
      // The list itself says when the log cannot be read.
    }
  }

  async #part(before: number | null, list: number, take: (rows: ActivityRow[]) => void) {
    this.#reading = true;
    try {
      const page = await backend.activity(this.filter, before, PART);
      if (list !== this.list) return;
      this.#next = page.next;
      this.fault = null;
      take(page.rows);
    } catch (failure) {
      if (list === this.list) this.fault = asUiError(failure);
    } finally {
      if (list === this.list) this.#reading = false;
    }
  }
}
