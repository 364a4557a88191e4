import { render, screen, within } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { Journey as Way, JourneyLeg } from "../../bindings";
import { clock } from "../../clock.svelte";
import Journey from "./Journey.svelte";
import { longest, waits } from "./journey";
import { NOW } from "./samples";

const now = Date.parse(NOW);
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const leg = (side: JourneyLeg["side"], who: string, from: number, to: number): JourneyLeg => ({
  side,
  who,
  what: `For ${side}`,
  from: ago(from),
  seconds: from - to,
  lasts: to === 0,
});
const way = (...legs: JourneyLeg[]): Way => ({ title: "From authorised to confirmed", legs });

beforeEach(() => clock.follow({ time: NOW, speed: 0 }));

test("each wait says whose it was and how long, and the whole stands at the end", () => {
  render(Journey, {
    journey: way(
      leg("stockbridge", "Stockbridge", 7320, 7260),
      leg("warehouse", "Warehouse", 7260, 180),
      leg("cin7", "Cin7 Core", 180, 60),
    ),
  });
  const list = screen.getByRole("list", { name: "From authorised to confirmed" });
  const said = within(list)
    .getAllByRole("listitem")
    .map((item) => item.textContent.replace(/\s+/g, " ").trim());
  expect(said).toEqual([
    "Stockbridge For stockbridge 1 min",
    "Warehouse For warehouse 1 h 58",
    "Cin7 Core For cin7 2 min",
  ]);
  expect(screen.getByText("2 h 01")).toBeVisible();
  expect(screen.queryByText(/so far/)).toBeNull();
});

test("what lasts grows with the clock, and says so", () => {
  const held = leg("office", "Office", 600, 0);
  const { legs, total, lasts } = waits(way(leg("stockbridge", "S", 660, 600), held), now + 60_000);
  expect([total, lasts]).toEqual([720, true]);
  expect(legs.map(({ seconds }) => seconds)).toEqual([60, 660]);
  expect(legs.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1);
  render(Journey, { journey: way(held) });
  expect(screen.getByText("10 min so far")).toBeVisible();
});

test("of many waits the longest are listed, in their order, and all on asking", async () => {
  const legs = Array.from({ length: 12 }, (_, at) =>
    leg("office", `Office ${at}`, 10_000 - at * at, 10_000 - (at + 1) * (at + 1)),
  );
  expect(longest(waits(way(...legs), now).legs, 3).map(({ who }) => who)).toEqual([
    "Office 9",
    "Office 10",
    "Office 11",
  ]);
  render(Journey, { journey: way(...legs) });
  expect(screen.getAllByRole("listitem")).toHaveLength(7);
  await userEvent.setup().click(screen.getByRole("button", { name: "Show all 12 waits" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(12);
});
