/**
 * Keeps a list as it stands while someone is at it. What is there is shown with its newest
 * contents, what has gone stays in its place and says so, what is new waits to be asked for.
 */
export type Kept<T> = { row: T; gone: boolean };

export function keep<T extends { id: string }>(
  shown: readonly Kept<T>[],
  now: readonly T[],
): { rows: Kept<T>[]; fresh: number } {
  const newest = new Map(now.map((row) => [row.id, row]));
  const rows = shown.map(({ row }) => {
    const still = newest.get(row.id);
    newest.delete(row.id);
    return still ? { row: still, gone: false } : { row, gone: true };
  });
  return { rows, fresh: newest.size };
}

export function renew<T>(now: readonly T[]): Kept<T>[] {
  return now.map((row) => ({ row, gone: false }));
}
