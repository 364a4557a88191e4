import { beforeEach, expect, test, vi } from "vitest";

import { app, place } from "./app.svelte";
import { backend } from "./backend";
import type { Shell } from "./bindings";
import { clock } from "./clock.svelte";
import { emit, mockIPC } from "../test-bridge";

const shell = (more: Partial<Shell> = {}): Shell => ({
  standing: "working",
  message: "",
  fix: "",
  first_run_step: "live",
  practice: null,
  practice_available: true,
  version: "9.8.7",
  user: "Sam",
  zone: "Europe/London",
  theme: "dark",
  mode: "live",
  notifications: "ok",
  notifications_message: "",
  autostart: false,
  ...more,
});

const practice = { speed: 10, world_time: "2026-11-24T14:48:20Z", faults: [] };

const nothing = {
  orders: false,
  activity: false,
  settings: false,
  attention: false,
  calls: false,
  stock: false,
};

beforeEach(() => {
  app.shell = null;
  app.today = null;
  app.unanswered = null;
  app.toasts = [];
  app.where = place("today");
  clock.follow(null);
});

test("the page listens before it says that it does", async () => {
  const order: string[] = [];
  mockIPC((command, args) => {
    const event = (args as { event?: string } | undefined)?.event;
    order.push(event ? `listens to ${event}` : command);
    return command === "begin" ? shell({ standing: "starting" }) : 1;
  });
  const stop = await app.begin();
  expect(order.indexOf("begin")).toBe(4);
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  stop();
});

test("a change is read once more after the reading under way, however many came", async () => {
  let reading = 0;
  let answer: (() => void) | undefined;
  mockIPC(
    (command) => {
      if (command === "begin") return shell({ standing: "starting" });
      if (command !== "today") return 1;
      reading += 1;
      return new Promise((done) => (answer = () => done({ needs: [] })));
    },
    { shouldMockEvents: true },
  );
  const stop = await app.begin();
  app.stand(shell());
  const changed = { ...nothing, orders: true, calls: true };
  for (let times = 0; times < 5; times++) await emit("changed", changed);
  expect(reading).toBe(1);
  answer?.();
  await vi.waitFor(() => expect(reading).toBe(2));
  answer?.();
  await vi.waitFor(() => expect(app.today).toEqual({ needs: [] }));
  expect(reading).toBe(2);
  expect(app.changes.orders).toBeGreaterThanOrEqual(5);
  stop();
});

test("what changes while a list is scrolled is read when the scrolling rests", async () => {
  let reading = 0;
  mockIPC(
    (command) => {
      if (command === "begin") return shell({ standing: "starting" });
      if (command === "today") reading += 1;
      return command === "today" ? { needs: [] } : 1;
    },
    { shouldMockEvents: true },
  );
  const stop = await app.begin();
  app.stand(shell());
  await vi.waitFor(() => expect(app.today).not.toBeNull());
  const list = document.body.appendChild(document.createElement("div"));
  vi.useFakeTimers();
  const [read, orders] = [reading, app.changes.orders];
  list.dispatchEvent(new Event("scroll"));
  await emit("changed", { ...nothing, orders: true });
  vi.advanceTimersByTime(150);
  list.dispatchEvent(new Event("scroll"));
  await emit("changed", { ...nothing, orders: true });
  vi.advanceTimersByTime(150);
  expect([reading, app.changes.orders]).toEqual([read, orders]);
  vi.advanceTimersByTime(50);
  expect(app.changes.orders).toBe(orders + 2);
  expect(reading).toBeGreaterThan(read);
  await emit("changed", { ...nothing, orders: true });
  expect(app.changes.orders).toBe(orders + 3);
  vi.useRealTimers();
  list.remove();
  stop();
});

test("a bar held for very long does not keep what changed from the screen", async () => {
  mockIPC((command) => (command === "begin" ? shell({ standing: "starting" }) : 1), {
    shouldMockEvents: true,
  });
  const stop = await app.begin();
  vi.useFakeTimers();
  const orders = app.changes.orders;
  for (let at = 0; at < 105; at++) {
    document.body.dispatchEvent(new Event("scroll"));
    if (at === 0) await emit("changed", { ...nothing, orders: true });
    vi.advanceTimersByTime(100);
  }
  expect(app.changes.orders).toBe(orders + 1);
  vi.useRealTimers();
  stop();
});

test("entering practice leaves nothing of the real world on screen", () => {
  mockIPC(() => new Promise(() => undefined));
  app.stand(shell());
  app.go(place("orders", { number: "SO-10482" }));
  app.stand(shell({ practice }));
  expect(app.where).toEqual(place("today"));
  expect(app.today).toBeNull();
  app.back();
  expect(app.where).toEqual(place("today"));
});

test("in practice the clock runs at the world's speed", () => {
  vi.useFakeTimers({ now: 0 });
  clock.follow({ time: practice.world_time, speed: 10 });
  vi.setSystemTime(6000);
  clock.tick();
  expect(new Date(clock.now).toISOString()).toBe("2026-11-24T14:49:20.000Z");
  clock.follow({ time: practice.world_time, speed: 0 });
  vi.setSystemTime(60_000);
  clock.tick();
  expect(new Date(clock.now).toISOString()).toBe("2026-11-24T14:48:20.000Z");
  vi.useRealTimers();
});

test("back goes to where the page was", () => {
  app.go(place("orders", { number: "SO-1" }));
  app.go(place("activity"));
  app.back();
  expect(app.where.number).toBe("SO-1");
  app.back();
  expect(app.where.screen).toBe("today");
});

test("good news leaves by itself, bad news stays", () => {
  vi.useFakeTimers();
  app.say("Done.");
  app.fault({ code: "x", message: "The disk is full.", field: null });
  vi.advanceTimersByTime(60_000);
  expect(app.toasts.map(({ text }) => text)).toEqual(["The disk is full."]);
  vi.useRealTimers();
});

test("a program that does not answer is said to be silent, in words", async () => {
  mockIPC(() => {
    throw "begin not allowed";
  });
  await app.standing(backend.begin());
  expect(app.unanswered?.message).toMatch(/did not answer/);
});
