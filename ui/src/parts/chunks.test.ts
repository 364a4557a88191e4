import { expect, test, vi } from "vitest";

import { Chunks } from "./chunks";

/** A source of rows that answers when told to. */
function source() {
  const asked: { from: number; count: number; answer: (rows: string[]) => void }[] = [];
  const load = (from: number, count: number) =>
    new Promise<string[]>((answer) => asked.push({ from, count, answer }));
  return { asked, load };
}
const rows = (from: number, count: number, mark = "") =>
  Array.from({ length: count }, (_, at) => `row ${from + at}${mark}`);
const settle = () => new Promise((done) => setTimeout(done));

test("asks once for what is missing, in chunks of a hundred", async () => {
  const { asked, load } = source();
  const chunks = new Chunks(load, vi.fn(), vi.fn());
  void chunks.need([{ from: 90, to: 110 }], 150);
  void chunks.need([{ from: 90, to: 110 }], 150);
  expect(asked.map(({ from, count }) => [from, count])).toEqual([
    [0, 100],
    [100, 50],
  ]);
});

test("an answer that comes after the list changed is void", async () => {
  const { asked, load } = source();
  const chunks = new Chunks(load, vi.fn(), vi.fn());
  void chunks.need([{ from: 0, to: 10 }], 10);
  chunks.clear();
  asked[0]?.answer(rows(0, 10, " of the old list"));
  await settle();
  expect(chunks.at(0)).toBeUndefined();
});

test("rows read again are shown as they were until the new ones come", async () => {
  const { asked, load } = source();
  const chunks = new Chunks(load, vi.fn(), vi.fn());
  void chunks.need([{ from: 0, to: 10 }], 10);
  asked[0]?.answer(rows(0, 10));
  await settle();
  void chunks.refresh([{ from: 0, to: 10 }], 10);
  expect(chunks.at(3)).toBe("row 3");
  asked[1]?.answer(rows(0, 10, " anew"));
  await settle();
  expect(chunks.at(3)).toBe("row 3 anew");
});

test("scrolled all through 100,000 rows, few stay in memory", async () => {
  let loaded = 0;
  const chunks = new Chunks<string>(
    (from, count) => {
      loaded += 1;
      return Promise.resolve(rows(from, count));
    },
    vi.fn(),
    vi.fn(),
  );
  for (let from = 0; from < 100_000; from += 100)
    await chunks.need([{ from, to: from + 20 }], 100_000);
  expect(loaded).toBe(1000);
  const kept = Array.from({ length: 1000 }, (_, chunk) => chunks.at(chunk * 100)).filter(Boolean);
  expect(kept.length).toBeLessThanOrEqual(40);
  expect(chunks.at(99_900)).toBe("row 99900");
});

test("a failure is told, and can be tried again", async () => {
  const failed = vi.fn();
  const load = vi.fn<() => Promise<string[]>>().mockRejectedValueOnce(new Error("gone"));
  const chunks = new Chunks(load, vi.fn(), failed);
  await chunks.need([{ from: 0, to: 10 }], 10);
  expect(failed).toHaveBeenCalledTimes(1);
  load.mockResolvedValueOnce(rows(0, 10));
  await chunks.need([{ from: 0, to: 10 }], 10);
  expect(chunks.at(0)).toBe("row 0");
});
