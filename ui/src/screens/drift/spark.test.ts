import { expect, test } from "vitest";

import { spark } from "./spark";

test("a loss falls below the middle, and a run that compared nothing breaks the line", () => {
  const { pieces, drifts } = spark(["0", "0", null, "-18"], 90, 14);
  expect(pieces).toEqual(["0,7 30,7", "90,13"]);
  expect(drifts).toBe(true);
});

test("what agrees is a level line", () => {
  expect(spark(["0", "0"], 10, 10)).toEqual({ pieces: ["0,5 10,5"], drifts: false });
});
