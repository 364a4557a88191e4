/** Settings and Activity, as they are used. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { NOW, fake } from "./fake.mjs";
import { open } from "./stage.js";
import { keeping } from "./worlds/setup.mjs";

/** Opens a screen of a busy shop whose settings are kept. */
async function at(t, screen) {
  const set = fake("busy", {});
  const kept = keeping(set);
  const stage = await open(set.answers, { now: NOW });
  t.after(() => stage.close());
  const { page } = stage;
  page.setDefaultTimeout(10_000);
  await stage.emit("go", { screen, filter: null, number: null, section: null });
  return { ...set, stage, page, kept };
}

const saves = (stage) => stage.calls.filter(({ command }) => command === "save_settings");

test("a value out of range is named beside its field, and nothing is saved by half", async (t) => {
  const { stage, page, kept } = await at(t, "settings");
  await page.getByRole("button", { name: "Cut-offs" }).click();
  await page.getByLabel("Daily cut-off").fill("15:30");
  await page.getByRole("button", { name: "Schedule" }).click();
  const interval = page.getByRole("textbox", { name: "Look for new and changed sales" });
  await interval.fill("5");
  await page.getByRole("button", { name: "Save 2 changes" }).click();
  await page
    .getByText(/it takes a whole number from 10 to 86/)
    .first()
    .waitFor();
  assert.equal(await interval.getAttribute("aria-invalid"), "true");
  assert.equal(saves(stage).length, 0, "what the page can see is not sent");

  // The program may refuse what the page cannot judge.
  await interval.fill("12");
  await page.getByRole("button", { name: "Save 2 changes" }).click();
  await page.getByText("Looking that often would take 6 of the 55 calls").first().waitFor();
  assert.equal(await interval.getAttribute("aria-invalid"), "true");
  assert.equal(kept.value("cutoff.time"), "16:00", "the other change waits as well");

  await interval.fill("60");
  await page.getByRole("button", { name: "Save 2 changes" }).click();
  await page.getByText("Saved, all 2 of them.").waitFor();
  assert.equal(kept.value("cutoff.time"), "15:30");
  assert.equal(kept.value("schedule.orders"), 60);
  assert.deepEqual(await stage.axe(), []);
  assert.deepEqual(await stage.problems(), []);
});

test("leaving with changes not saved is asked about", async (t) => {
  const { stage, page, kept } = await at(t, "settings");
  await page.getByRole("button", { name: "Cut-offs" }).click();
  await page.getByLabel("Daily cut-off").fill("15:30");
  await page.keyboard.press("Alt+1");
  await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
  assert.deepEqual(await stage.axe(), []);
  await page.getByRole("button", { name: "Discard 1 change" }).click();
  await page.getByText("What needs someone, most urgent first").waitFor();
  assert.equal(kept.value("cutoff.time"), "16:00");
  assert.deepEqual(await stage.problems(), []);
});

test("a connection's test shows exactly what was answered", async (t) => {
  const { stage, page, answers } = await at(t, "settings");
  answers.check = ({ vendor }) => ({
    vendor,
    ok: false,
    tone: "stop",
    title: "Cin7 Core refuses the key",
    message: "Cin7 Core says: “Incorrect credentials”.",
    field: null,
    found: [],
  });
  await page.getByRole("button", { name: "Connections" }).click();
  await page.getByRole("button", { name: /^Test/ }).first().click();
  await page.getByText("Cin7 Core says: “Incorrect credentials”.").waitFor();
  assert.deepEqual(await stage.axe(), []);
  assert.deepEqual(await stage.problems(), []);
});

test("the log is narrowed, opened and checked", async (t) => {
  const { stage, page } = await at(t, "activity");
  const rows = page.getByRole("listbox", { name: "Activity" }).getByRole("option");
  await rows.first().waitFor();
  const all = await rows.count();
  await page.getByLabel("Outcome").selectOption({ label: "failed only" });
  await page.waitForTimeout(200);
  const asked = stage.calls.filter(({ command }) => command === "activity").at(-1);
  assert.equal(asked.args.filter.outcome, "failed");
  assert.ok(all >= (await rows.count()));

  await page.getByRole("button", { name: "Check the log" }).click();
  await page.waitForTimeout(200);
  assert.equal(stage.calls.filter(({ command }) => command === "verify_log").length, 1);
  assert.deepEqual(await stage.axe(), []);
  assert.deepEqual(await stage.problems(), []);
});
