/**
 * Which orders are selected, by number. "All that match" is one mark on the list, not 100,000
 * numbers: each row counts as selected then, but for those left out again by hand.
 */
import { SvelteSet } from "svelte/reactivity";

export class Selection extends SvelteSet<string> {
  #all = $state(false);
  #leftOut = new SvelteSet<string>();

  /** Whether all that match are selected, though some may be left out again. */
  get all(): boolean {
    return this.#all;
  }

  /** Whether all are, without exception. */
  get whole(): boolean {
    return this.#all && this.#leftOut.size === 0;
  }

  get leftOut(): ReadonlySet<string> {
    return this.#leftOut;
  }

  /** How many are selected of a list of `total`. */
  count(total: number): number {
    return this.#all ? Math.max(0, total - this.#leftOut.size) : this.size;
  }

  any(total: number): boolean {
    return this.count(total) > 0;
  }

  takeAll(): void {
    super.clear();
    this.#leftOut.clear();
    this.#all = true;
  }

  override has(number: string): boolean {
    return this.#all ? !this.#leftOut.has(number) : super.has(number);
  }

  override add(number: string): this {
    if (this.#all) this.#leftOut.delete(number);
    else super.add(number);
    return this;
  }

  override delete(number: string): boolean {
    if (!this.#all) return super.delete(number);
    if (this.#leftOut.has(number)) return false;
    this.#leftOut.add(number);
    return true;
  }

  override clear(): void {
    this.#all = false;
    this.#leftOut?.clear(); // Absent while the set is being made.
    super.clear();
  }
}
