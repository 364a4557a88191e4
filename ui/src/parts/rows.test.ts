import { expect, test } from "vitest";

import { layout } from "./rows";

const groups = [
  { title: "Before today’s 16:00 cut-off", count: 4 },
  { title: "Later", count: 3 },
];

test("headings take room above their rows", () => {
  const plan = layout(7, groups, 55, 33);
  expect(plan.height).toBe(7 * 55 + 2 * 33);
  expect(plan.top(0)).toBe(33);
  expect(plan.top(4)).toBe(33 + 4 * 55 + 33);
});

test("only what lies between two heights is shown", () => {
  const plan = layout(7, groups, 55, 33);
  expect(plan.shown(0, 100).map(({ from, to, heading }) => [from, to, heading])).toEqual([
    [0, 2, true],
  ]);
  // Past the first heading: the rows go on without it.
  expect(
    plan.shown(100, 200).map(({ from, to, heading, top }) => [from, to, heading, top]),
  ).toEqual([[1, 4, false, 88]]);
});

test("two groups in sight are two parts", () => {
  const plan = layout(7, groups, 55, 33);
  const parts = plan.shown(200, 330);
  expect(parts.map(({ group }) => group?.title)).toEqual(groups.map(({ title }) => title));
  expect(parts.map(({ from, to }) => [from, to])).toEqual([
    [3, 4],
    [4, 5],
  ]);
});

test("every row lies where top says, whatever is in sight", () => {
  const plan = layout(7, groups, 55, 33);
  for (let from = 0; from < plan.height; from += 7)
    for (const part of plan.shown(from, from + 150)) {
      const first = part.top + (part.heading ? 33 : 0);
      expect(first, `row ${part.from} seen from ${from}`).toBe(plan.top(part.from));
    }
});

test("without groups there are no headings; an empty list has no height", () => {
  expect(layout(10, [], 44, 33).shown(0, 44)).toEqual([
    { group: null, heading: false, top: 0, from: 0, to: 1 },
  ]);
  expect(layout(0, [], 44, 33).height).toBe(0);
  expect(layout(0, [], 44, 33).shown(0, 500)).toEqual([]);
});

test("groups that count more rows than there are do not invent any", () => {
  const plan = layout(5, groups, 55, 33);
  expect(plan.height).toBe(5 * 55 + 2 * 33);
});
