import { expect, test } from "vitest";

import { Selection } from "./selection.svelte";

test("all that match is one mark, from which some can be left out and taken back", () => {
  const selection = new Selection();
  selection.takeAll();
  expect(selection.count(100_000)).toBe(100_000);
  expect(selection.whole).toBe(true);
  expect(selection.has("any")).toBe(true);

  expect(selection.delete("SO-1")).toBe(true);
  expect(selection.has("SO-1")).toBe(false);
  expect(selection.count(100_000)).toBe(99_999);
  expect(selection.whole).toBe(false);
  expect([...selection.leftOut]).toEqual(["SO-1"]);

  selection.add("SO-1");
  expect(selection.whole).toBe(true);
  selection.clear();
  expect(selection.any(100_000)).toBe(false);
  expect(selection.has("any")).toBe(false);
});

test("taking all forgets who was selected one by one", () => {
  const selection = new Selection();
  selection.add("SO-1").add("SO-2");
  expect(selection.count(10)).toBe(2);
  selection.takeAll();
  selection.clear();
  expect([...selection]).toEqual([]);
});
