import { render, screen, within } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { app, filterOf, place } from "../app.svelte";
import type { Need, TodayView } from "../bindings";
import { clock } from "../clock.svelte";
import Today from "./Today.svelte";
import { mockIPC } from "../../test-bridge";

const NOW = "2026-11-24T14:48:20Z";

const need = (id: string, more: Partial<Need> = {}): Need => ({
  id,
  tone: "stop",
  icon: "ban",
  title: `Need ${id}`,
  detail: "",
  owner: "office",
  button: "Open",
  go: place("orders"),
  count: 1,
  since: null,
  taken_by: null,
  ...more,
});

const day = (more: Partial<TodayView> = {}): TodayView => ({
  as_of: NOW,
  zone: "Europe/London",
  mode: "live",
  paused: null,
  figures: [],
  needs: [],
  checked: "2026-11-24T14:48:08Z",
  schedule: [],
  calls: { used: 0, limit: 60, by: [] },
  sent: { hours: [], total: 0 },
  vendors: [],
  gaps: [],
  latency: null,
  needs_you: 0,
  confirmations_need_you: 0,
  drift: null,
  lines: [],
  adjustments_need_you: 0,
  put_off: 0,
  ...more,
});

const needs = () =>
  within(screen.getByRole("region", { name: /What needs someone/ }))
    .getAllByRole("heading", { level: 3 })
    .map((heading) => heading.textContent.replace(/\s+/g, " ").trim());

beforeEach(() => {
  clock.follow({ time: NOW, speed: 0 });
  app.today = null;
  app.todayFault = null;
  app.where = place("today");
});

test("nothing yet: says that the first look is not done", () => {
  app.today = day({ checked: null });
  render(Today);
  expect(screen.getByText("Nothing has been read yet")).toBeVisible();
});

test("nothing wrong: says so, and how long ago that was seen", () => {
  app.today = day();
  render(Today);
  expect(screen.getByText("Nothing needs anyone")).toBeVisible();
  expect(screen.getByText("Last checked 12 s ago.")).toBeVisible();
});

test("Today that could not be read says why and can be tried again", async () => {
  mockIPC((command) => (command === "today" ? day() : undefined));
  app.todayFault = { code: "store", message: "The disk is full.", field: null };
  render(Today);
  expect(screen.getByText("The disk is full.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Nothing needs anyone")).toBeVisible();
});

test("a figure opens exactly the rows it counts", async () => {
  const go = place("orders", { filter: filterOf("waiting") });
  app.today = day({
    figures: [
      {
        key: "waiting",
        title: "Waiting to send",
        value: 2316,
        aside: "next in 20 s",
        tone: "plain",
        go,
        stale_since: null,
      },
    ],
  });
  render(Today);
  await userEvent.click(screen.getByRole("button", { name: /Waiting to send 2,316/ }));
  expect(app.where).toEqual(go);
});

test("the most urgent comes first, and what is new comes by itself while nobody is there", async () => {
  app.today = day({ needs: [need("a"), need("b")] });
  render(Today);
  expect(needs()).toEqual(["Stopped: Need a", "Stopped: Need b"]);
  app.today = day({ needs: [need("new"), need("a")] });
  await vi.waitFor(() => expect(needs()).toEqual(["Stopped: Need new", "Stopped: Need a"]));
});

test("nothing moves while the focus is on a row: what is new is offered instead", async () => {
  app.today = day({ needs: [need("a"), need("b")] });
  render(Today);
  screen.getByRole("button", { name: "Open: Need b" }).focus();
  app.today = day({ needs: [need("new"), need("b", { detail: "now 3 orders" })] });
  const offer = await screen.findByRole("button", { name: "1 new, show" });
  expect(needs()).toEqual(["Need a", "Stopped: Need b"]);
  expect(screen.getByText("Settled")).toBeVisible();
  expect(screen.getByText("now 3 orders")).toBeVisible();
  expect(screen.getByRole("button", { name: "Open: Need b" })).toHaveFocus();
  await userEvent.click(offer);
  expect(needs()).toEqual(["Stopped: Need new", "Stopped: Need b"]);
});

test("“I have it” tells the program, and who has it is shown", async () => {
  const asked = vi.fn();
  mockIPC((command, args) => {
    if (command === "take_need") asked(args);
    return command === "today" ? day({ needs: [need("a", { taken_by: "Sam" })] }) : null;
  });
  app.today = day({ needs: [need("a")] });
  render(Today);
  await userEvent.click(screen.getByRole("button", { name: "I have it: Need a" }));
  expect(await screen.findByText(/Sam has it/)).toBeVisible();
  expect(asked).toHaveBeenCalledExactlyOnceWith({ id: "a" });
});

test("the chart is also a table", () => {
  app.today = day({
    sent: {
      hours: [
        { from: "2026-11-24T13:00:00Z", count: 74 },
        { from: "2026-11-24T14:00:00Z", count: 81 },
      ],
      total: 155,
    },
  });
  render(Today);
  const table = within(screen.getByRole("table", { name: /by the hour/ }));
  expect(table.getByRole("row", { name: "13:00 74" })).toBeInTheDocument();
  expect(table.getByRole("row", { name: "14:00 81 orders so far" })).toBeInTheDocument();
});

test("work that failed says so in a word, not in colour alone", () => {
  app.today = day({
    schedule: [
      {
        job: "deliver",
        title: "Orders to Whistl",
        last: "2026-11-22T11:48:20Z",
        every: "every 30 s",
        next: null,
        outcome: "failed",
        overdue: true,
      },
    ],
  });
  render(Today);
  expect(screen.getByText("failed")).toBeVisible();
  expect(screen.getByText("22 Nov, 11:48")).toBeVisible();
});

test("what was left open for too long is a line with its sum and leads to it", async () => {
  app.today = day({
    lines: [
      {
        key: "debt",
        title: "Reconciliation debt",
        text: "3 differences open for longer than 5 working days: 18 units, £297.00 at cost.",
        tone: "warn",
        button: "Show the differences",
        go: place("drift"),
        settle: null,
      },
    ],
  });
  render(Today);
  expect(screen.getByText(/^3 differences open/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Show the differences" }));
  expect(app.where.screen).toBe("drift");
});

test("a document that is right as it stands is settled with a reason", async () => {
  const calls: unknown[] = [];
  mockIPC((command, args) => {
    if (command === "settle_read_back") calls.push(args);
    return command === "today" ? day() : { text: "Settled." };
  });
  app.today = day({
    lines: [
      {
        key: "read_back",
        title: "Accuracy",
        text: "All 5 documents of yesterday read back: 4 as posted, 1 differs (80.0 %).",
        tone: "warn",
        button: "Show what happened",
        go: place("activity"),
        settle: {
          number: "SO-00012",
          ask: "SO-00012 is right",
          title: "SO-00012 is right as it stands?",
          effect: ["Tracking number: posted A, now B."],
          button: "Settle it",
          needs_reason: true,
        },
      },
    ],
  });
  render(Today);
  await userEvent.click(screen.getByRole("button", { name: "SO-00012 is right" }));
  await userEvent.type(screen.getByRole("textbox"), "a new number");
  await userEvent.click(screen.getByRole("button", { name: "Settle it" }));
  await vi.waitFor(() => expect(calls).toEqual([{ number: "SO-00012", why: "a new number" }]));
});
