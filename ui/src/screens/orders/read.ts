/** The rows of a list that were read, by where they stand in it. It holds the last few chunks. */
import type { OrderRow } from "../../bindings";

export const CHUNK = 100;
const KEPT = 12;

export class RowsRead {
  #chunks = new Map<number, OrderRow[]>();

  has(from: number): boolean {
    return this.#chunks.has(from);
  }

  put(from: number, rows: OrderRow[]): void {
    this.#chunks.delete(from); // So that it counts as the youngest.
    this.#chunks.set(from, rows);
    for (const old of this.#chunks.keys()) {
      if (this.#chunks.size <= KEPT) break;
      this.#chunks.delete(old);
    }
  }

  /** Hands a chunk over, and has it no longer. */
  take(from: number): OrderRow[] | undefined {
    const rows = this.#chunks.get(from);
    this.#chunks.delete(from);
    return rows;
  }

  /** All of another's. */
  putAll(other: RowsRead): void {
    for (const [from, rows] of other.#chunks) this.put(from, rows);
  }

  at(index: number): OrderRow | undefined {
    if (index < 0) return undefined;
    return this.#chunks.get(Math.floor(index / CHUNK) * CHUNK)?.[index % CHUNK];
  }

  /** Where an order stands; -1 when it is not among them. */
  indexOf(number: string | undefined): number {
    if (number === undefined) return -1;
    for (const [from, rows] of this.#chunks) {
      const at = rows.findIndex((row) => row.number === number);
      if (at >= 0) return from + at;
    }
    return -1;
  }
}
