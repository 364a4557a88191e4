import { beforeEach, expect, test, vi } from "vitest";

import { app } from "../../app.svelte";
import type { Acted, Tone } from "../../bindings";
import { actions, type Wish } from "./actions.svelte";
import { doing, preview, program } from "./samples";

const wish = (...numbers: string[]): Wish => ({
  act: "resend",
  which: { numbers },
  means: (number) => numbers.includes(number),
});
const acted = (number: string, tone: Tone = "ok"): Acted => ({
  number,
  before: "Held",
  after: tone === "ok" ? "At the warehouse" : "Held",
  tone,
  message: "",
});

beforeEach(() => {
  actions.leave();
  actions.dismiss();
  actions.reread = async () => {};
  app.doing = null;
});

test("nothing is done before it is confirmed", async () => {
  const calls = program({ preview: () => preview(), act: () => doing() });
  await actions.ask(wish("SO-1"));
  expect(actions.preview?.button).toBe("Resend SO-1");
  expect(calls.map(({ command }) => command)).toEqual(["preview"]);
  actions.leave();
  expect(actions.open).toBe(false);

  await actions.ask(wish("SO-1"));
  await actions.confirm("because");
  expect(calls.at(-1)).toEqual({
    command: "act",
    args: { act: "resend", which: { numbers: ["SO-1"] }, note: "because" },
  });
});

test("it shows before the program has answered", () => {
  program({ act: () => new Promise(() => {}) });
  void actions.begin(wish("SO-1"));
  expect(actions.under("SO-1")).toBe("resend");
  expect(actions.under("SO-2")).toBeNull();
  expect(actions.line).toBe("Resending…");
});

test("a row says what is being done until it was read again", async () => {
  let read = () => {};
  actions.reread = () => new Promise((done) => (read = done));
  program({ act: () => doing({ total: 2 }) });
  await actions.begin(wish("SO-1", "SO-2"));
  actions.hear(doing({ total: 2, done: 1, orders: [acted("SO-1")] }));
  expect(actions.under("SO-1")).toBe("resend");
  read();
  await vi.waitFor(() => expect(actions.under("SO-1")).toBeNull());
  expect(actions.under("SO-2")).toBe("resend");
  expect(actions.touched("SO-1")).toBe(true);
});

test("failures come first; the program tells only the last few each time", async () => {
  program({ act: () => doing({ total: 3 }) });
  await actions.begin(wish("SO-1", "SO-2", "SO-3"));
  actions.hear(doing({ total: 3, done: 1, orders: [acted("SO-1")] }));
  actions.hear(doing({ total: 3, done: 2, orders: [acted("SO-2", "stop")] }));
  actions.hear(
    doing({ total: 3, done: 3, orders: [acted("SO-3", "warn")], finished: true, summary: "Done." }),
  );
  expect(actions.sorted.map(({ number }) => number)).toEqual(["SO-2", "SO-3", "SO-1"]);
  expect(actions.line).toBe("Done.");
  expect(actions.atWork).toBe(false);
});

test("what was left untouched is no longer under way", async () => {
  program({ act: () => doing({ total: 2 }) });
  await actions.begin(wish("SO-1", "SO-2"));
  actions.hear(doing({ total: 2, done: 1, finished: true, untouched: 1, orders: [acted("SO-1")] }));
  expect(actions.under("SO-2")).toBeNull();
});

test("word that came before the answer is not lost", async () => {
  const end = doing({ finished: true, done: 1, orders: [acted("SO-1")], summary: "Done." });
  program({
    act: () => {
      app.doing = end;
      actions.hear(end);
      return doing();
    },
  });
  await actions.begin(wish("SO-1"));
  expect(actions.doing?.finished).toBe(true);
});

test("another action's word is not taken for ours", async () => {
  program({ act: () => doing() });
  await actions.begin(wish("SO-1"));
  actions.hear(doing({ action: 99, done: 5, total: 5, finished: true }));
  expect(actions.doing?.action).toBe(7);
});

test("one begun elsewhere is shown while it is at work", () => {
  actions.hear(doing({ action: 3, total: 40, done: 12, current: "SO-12" }));
  expect(actions.line).toBe("12 of 40, SO-12…");
  actions.dismiss();
  actions.hear(doing({ action: 3, finished: true }));
  expect(actions.open).toBe(false);
});

test("a plain action is done at once, one with a question is asked", async () => {
  const calls = program({
    preview: () => preview({ allowed: 0, refused: [{ number: "SO-1", why: "It has left." }] }),
    act: () => doing(),
  });
  const asking = actions.now(wish("SO-1"));
  expect(actions.under("SO-1")).toBe("resend");
  await asking;
  expect(actions.under("SO-1")).toBeNull();
  expect(actions.preview?.refused[0]?.why).toBe("It has left.");
  expect(calls.some(({ command }) => command === "act")).toBe(false);

  actions.leave();
  const plain = program({ preview: () => preview(), act: () => doing() });
  await actions.now(wish("SO-1"));
  expect(plain.map(({ command }) => command)).toEqual(["preview", "act"]);
  expect(actions.preview).toBeNull();
});

test("what did not begin says why, and nothing is under way", async () => {
  program({
    act: () => {
      throw { code: "look_only", message: "Nothing is sent while looking only.", field: null };
    },
  });
  await actions.begin(wish("SO-1"));
  expect(actions.atWork).toBe(false);
  expect(actions.under("SO-1")).toBeNull();
  expect(actions.line).toBe("Nothing was done. Nothing is sent while looking only.");
});

test("lost word is asked for again", async () => {
  program({
    act: () => doing(),
    doing: () => doing({ done: 1, finished: true, summary: "Done." }),
  });
  await actions.begin(wish("SO-1"));
  await actions.askAgain();
  expect(actions.line).toBe("Done.");
});

test("cancelling is asked for once", async () => {
  const calls = program({ act: () => doing({ total: 9 }), cancel_action: () => null });
  await actions.begin(wish("SO-1"));
  await actions.cancel();
  await actions.cancel();
  expect(calls.filter(({ command }) => command === "cancel_action")).toHaveLength(1);
});
