import { expect, test } from "vitest";

import { choices, instantOf, localOf } from "./when";

const LONDON = "Europe/London";
const at = (text: string) => Date.parse(text);
const words = (now: string) => choices(at(now), LONDON).map(({ word, at }) => [word, at]);

test("before two o'clock there are three choices, after it two", () => {
  expect(words("2026-11-24T09:10:00Z")).toEqual([
    ["hour", "2026-11-24T10:10:00.000Z"],
    ["afternoon", "2026-11-24T14:00:00.000Z"],
    ["tomorrow", "2026-11-25T09:00:00.000Z"],
  ]);
  expect(words("2026-11-24T14:00:00Z").map(([word]) => word)).toEqual(["hour", "tomorrow"]);
});

test("tomorrow is the merchant's, also where the clocks change in between", () => {
  // Half past midnight in London on the 25th of July is still the 24th in UTC.
  expect(words("2026-07-24T23:30:00Z").at(-1)).toEqual(["tomorrow", "2026-07-26T08:00:00.000Z"]);
  expect(words("2026-03-28T20:00:00Z").at(-1)).toEqual(["tomorrow", "2026-03-29T08:00:00.000Z"]);
  expect(words("2026-10-24T20:00:00Z").at(-1)).toEqual(["tomorrow", "2026-10-25T09:00:00.000Z"]);
});

test("a date and time field means the merchant's clock", () => {
  expect(instantOf("2026-07-01T09:00", LONDON)).toBe(at("2026-07-01T08:00:00Z"));
  expect(instantOf("2026-12-01T09:00", "Australia/Sydney")).toBe(at("2026-11-30T22:00:00Z"));
  expect(localOf(at("2026-07-01T08:00:00Z"), LONDON)).toBe("2026-07-01T09:00");
  expect(instantOf("", LONDON)).toBeNaN();
});

test("an unknown zone is UTC rather than nothing", () => {
  expect(instantOf("2026-07-01T09:00", "Not/AZone")).toBe(at("2026-07-01T09:00:00Z"));
});
