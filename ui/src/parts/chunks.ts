/**
 * The rows of a long list that are in memory, fetched a chunk at a time. Which rows are in sight
 * is the list's affair; an answer that comes after the list or its contents changed is void.
 */
const CHUNK = 100;
const KEPT = 40;

export class Chunks<Row> {
  #rows = new Map<number, Row[]>();
  #asked = new Map<number, symbol>();

  constructor(
    private readonly load: (from: number, count: number) => Promise<Row[]>,
    /** Called whenever a row can be shown that could not be before, or reads otherwise. */
    private readonly changed: () => void,
    private readonly failed: (failure: unknown) => void,
  ) {}

  at(index: number): Row | undefined {
    return this.#rows.get(Math.floor(index / CHUNK))?.[index % CHUNK];
  }

  /** Forgets all rows: another list begins. */
  clear(): void {
    this.#asked.clear();
    this.#rows.clear();
    this.changed();
  }

  /** Reads the rows between anew, shown as they were until then, and forgets all others. */
  async refresh(ranges: readonly Range[], total: number): Promise<void> {
    this.#asked.clear();
    const needed = chunksOf(ranges);
    for (const chunk of this.#rows.keys()) if (!needed.has(chunk)) this.#rows.delete(chunk);
    await Promise.all([...needed].map((chunk) => this.#fetch(chunk, total, needed)));
  }

  /** Reads what is missing between. */
  async need(ranges: readonly Range[], total: number): Promise<void> {
    const needed = chunksOf(ranges);
    await Promise.all(
      [...needed]
        .filter((chunk) => !this.#rows.has(chunk) && !this.#asked.has(chunk))
        .map((chunk) => this.#fetch(chunk, total, needed)),
    );
  }

  /** Whether every row between is here. */
  has(ranges: readonly Range[]): boolean {
    return [...chunksOf(ranges)].every((chunk) => this.#rows.has(chunk));
  }

  async #fetch(chunk: number, total: number, needed: ReadonlySet<number>): Promise<void> {
    const asking = Symbol();
    this.#asked.set(chunk, asking);
    const from = chunk * CHUNK;
    try {
      const rows = await this.load(from, Math.min(CHUNK, total - from));
      if (this.#asked.get(chunk) !== asking) return;
      this.#rows.delete(chunk); // So that it counts as the youngest.
      this.#rows.set(chunk, rows);
      for (const old of this.#rows.keys()) {
        if (this.#rows.size <= KEPT) break;
        if (!needed.has(old)) this.#rows.delete(old);
      }
      this.changed();
    } catch (failure) {
      if (this.#asked.get(chunk) === asking) this.failed(failure);
    } finally {
      if (this.#asked.get(chunk) === asking) this.#asked.delete(chunk);
    }
  }
}

/** Rows from `from` up to, not including, `to`. */
export type Range = { from: number; to: number };

function chunksOf(ranges: readonly Range[]): Set<number> {
  const chunks = new Set<number>();
  for (const { from, to } of ranges)
    for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK < to; chunk++) chunks.add(chunk);
  return chunks;
}
