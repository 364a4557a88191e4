import { describe, expect, test } from "vitest";

import {
  ago,
  count,
  date,
  dayAndTime,
  dayName,
  daysApart,
  due,
  money,
  plural,
  quantity,
  span,
  time,
  until,
  weekdayAndTime,
  zoneName,
} from "./format";

const LONDON = "Europe/London";
const now = Date.parse("2026-11-24T14:48:20Z");
const inSeconds = (seconds: number) => new Date(now + seconds * 1000).toISOString();
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

describe("numbers", () => {
  test("a count has thousands separators and a real minus", () => {
    expect(count(2316)).toBe("2,316");
    expect(count(1_000_000)).toBe("1,000,000");
    expect(count(-13)).toBe("−13");
    expect(count(0)).toBe("0");
  });

  test.each([
    ["4.0000", "4"],
    ["0.5000", "0.5"],
    ["1234.25", "1,234.25"],
    ["-4.0000", "−4"],
    ["a dozen", "a dozen"],
  ])("a quantity of %s reads %s", (raw, shown) => expect(quantity(raw)).toBe(shown));

  test.each([
    [1, "1 order"],
    [0, "0 orders"],
    [2316, "2,316 orders"],
  ])("%i is plural or not", (value, shown) => expect(plural(value, "order")).toBe(shown));

  test("an irregular plural is given", () =>
    expect(plural(2, "entry", "entries")).toBe("2 entries"));
});

describe("money", () => {
  test.each([
    ["84.50", "GBP", "£84.50"],
    ["84.5", "GBP", "£84.50"],
    ["84", "GBP", "£84.00"],
    ["1234567.89", "GBP", "£1,234,567.89"],
    ["-12.5", "GBP", "−£12.50"],
    ["0", "GBP", "£0.00"],
    ["19.99", "EUR", "€19.99"],
    ["19.99", "USD", "US$19.99"],
  ])("%s %s reads %s", (value, currency, shown) => expect(money(value, currency)).toBe(shown));

  test("no penny is lost to floating point", () =>
    expect(money("9007199254740993.01", "GBP")).toBe("£9,007,199,254,740,993.01"));

  test("what is no currency or no number is shown as it came", () => {
    expect(money("12.50", "pounds")).toBe("12.50 pounds");
    expect(money("12.50", "")).toBe("12.50");
    expect(money("unknown", "GBP")).toBe("unknown");
    expect(money("", "GBP")).toBe("");
  });
});

describe("lengths of time", () => {
  test.each([
    [0, "0 s"],
    [59.9, "59 s"],
    [60, "1 min"],
    [59 * MINUTE + 59, "59 min"],
    [HOUR, "1 h"],
    [HOUR + 12 * MINUTE, "1 h 12"],
    [HOUR + 2 * MINUTE, "1 h 02"],
    [DAY, "1 d"],
    [DAY + 3 * HOUR, "1 d 3 h"],
    [10 * DAY + 3 * HOUR, "10 d"],
    [-5, "0 s"],
  ])("%d seconds are %s", (seconds, shown) => expect(span(seconds)).toBe(shown));

  test("ago counts back, and forgives a clock slightly ahead", () => {
    expect(ago(inSeconds(-12), now)).toBe("12 s ago");
    expect(ago(inSeconds(-4 * MINUTE), now)).toBe("4 min ago");
    expect(ago(inSeconds(-0.4), now)).toBe("just now");
    expect(ago(inSeconds(30), now)).toBe("just now");
  });

  test("until counts down, and is now once it is there", () => {
    expect(until(inSeconds(20), now)).toBe("in 20 s");
    expect(until(inSeconds(0.2), now)).toBe("in 1 s");
    expect(until(inSeconds(0), now)).toBe("now");
    expect(until(inSeconds(-5), now)).toBe("now");
  });
});

describe("how long an order has", () => {
  test.each([
    ["2026-11-24T16:00:20Z", "due in 1 h 12"],
    ["2026-11-24T23:59:00Z", "due in 9 h 10"],
    ["2026-11-25T16:00:00Z", "due tomorrow"],
    ["2026-11-26T16:00:00Z", "due Thu"],
    ["2026-11-30T16:00:00Z", "due Mon"],
    ["2026-12-03T16:00:00Z", "due 3 Dec"],
    ["2027-01-04T16:00:00Z", "due 4 Jan 2027"],
    ["2026-11-24T14:25:00Z", "23 min late"],
    ["2026-11-23T11:48:00Z", "1 d 3 h late"],
  ])("%s is %s", (by, shown) => expect(due(by, now, LONDON)).toBe(shown));

  test("shortly after midnight is hours away, not tomorrow", () => {
    const late = Date.parse("2026-11-24T23:30:00Z");
    expect(due("2026-11-25T00:30:00Z", late, LONDON)).toBe("due in 1 h");
  });
});

describe("times in the merchant's zone", () => {
  test("today's time stands alone; another day's has its date", () => {
    expect(time("2026-11-24T14:48:12Z", now, LONDON)).toBe("14:48");
    expect(time("2026-11-24T14:48:12Z", now, LONDON, true)).toBe("14:48:12");
    expect(time("2026-11-23T18:02:00Z", now, LONDON)).toBe("23 Nov, 18:02");
    expect(time("2026-11-23T18:02:33Z", now, LONDON, true)).toBe("23 Nov, 18:02");
    expect(time("2025-11-23T18:02:00Z", now, LONDON)).toBe("23 Nov 2025, 18:02");
  });

  test("midnight is 00:00", () => expect(time("2026-11-24T00:00:00Z", now, LONDON)).toBe("00:00"));

  test("the zone decides the hour and the day", () => {
    expect(time("2026-07-01T12:00:00Z", Date.parse("2026-07-01T13:00:00Z"), LONDON)).toBe("13:00");
    expect(time("2026-11-24T16:30:00Z", now, "Australia/Sydney")).toBe("03:30");
    // 14:48 in London is tomorrow already in Sydney.
    expect(dayName(Date.parse("2026-11-24T10:00:00Z"), now, "Australia/Sydney")).toBe("yesterday");
  });

  test.each([
    ["2026-11-24T16:00:00Z", "today, 16:00"],
    ["2026-11-25T16:00:00Z", "tomorrow, 16:00"],
    ["2026-11-23T16:00:00Z", "yesterday, 16:00"],
    ["2026-11-27T16:00:00Z", "Fri, 16:00"],
    ["2026-12-03T16:00:00Z", "3 Dec, 16:00"],
    ["2026-09-03T16:00:00Z", "3 Sep, 17:00"],
  ])("%s is %s", (at, shown) => expect(dayAndTime(at, now, LONDON)).toBe(shown));

  test("a day of 25 hours is still one day", () => {
    const saturday = Date.parse("2026-10-24T12:00:00Z");
    expect(daysApart(saturday, Date.parse("2026-10-25T23:30:00Z"), LONDON)).toBe(1);
    expect(daysApart(saturday, Date.parse("2026-10-26T00:30:00Z"), LONDON)).toBe(2);
  });

  test("a zone this computer does not know becomes UTC, not an empty screen", () =>
    expect(time("2026-11-24T14:48:12Z", now, "Middle/Earth")).toBe("14:48"));

  test("what is no time is shown as it came", () => {
    expect(time("soon", now, LONDON)).toBe("soon");
    expect(date("soon", now, LONDON)).toBe("soon");
    expect(dayAndTime("soon", now, LONDON)).toBe("soon");
  });

  test("a zone's name is its city's", () => {
    expect(zoneName("Europe/London")).toBe("London time");
    expect(zoneName("America/New_York")).toBe("New York time");
    expect(zoneName("UTC")).toBe("UTC");
  });

  test("a practice world shows its weekday", () =>
    expect(weekdayAndTime(now, LONDON)).toBe("Tue 14:48"));
});
