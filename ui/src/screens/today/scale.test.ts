import { expect, test } from "vitest";

import { roundUp } from "./scale";

test.each([
  [0, 2],
  [1, 2],
  [3, 4],
  [9, 10],
  [81, 100],
  [120, 200],
  [350, 400],
  [1_234, 2_000],
])("a largest hour of %i is drawn up to %i", (largest, top) => {
  expect(roundUp(largest)).toBe(top);
});

test("the middle of the scale is a whole number, and no bar leaves it", () => {
  for (let largest = 0; largest < 5000; largest++) {
    const top = roundUp(largest);
    expect(top % 2, `of ${largest}`).toBe(0);
    expect(top).toBeGreaterThanOrEqual(largest);
  }
});
