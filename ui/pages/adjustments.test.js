/** Adjustments, as it is used: by keyboard alone, from Today, and while things change. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { NOW, fake } from "./fake.mjs";
import { open } from "./stage.js";

let stage;
afterEach(async () => {
  const problems = await stage?.problems();
  await stage?.close();
  stage = undefined;
  assert.deepEqual(problems ?? [], []);
});

async function adjustments({ world = "busy", theme = "light", viewport } = {}) {
  const { answers } = fake(world, { shell: { theme } });
  stage = await open(answers, { now: NOW, ...(viewport ? { viewport } : {}) });
  const { page } = stage;
  page.setDefaultTimeout(20_000);
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
  await page.keyboard.press("Alt+5");
  await page.getByRole("heading", { level: 1, name: "Adjustments" }).waitFor();
  return {
    page,
    answers,
    rows: page.getByRole("listbox").getByRole("option"),
    pane: page.getByRole("region", { name: /^Stock adjustment ADJ/ }),
    asked: (command) => stage.calls.filter((call) => call.command === command),
  };
}

const focusText = (page, text) =>
  page.waitForFunction((text) => document.activeElement?.textContent?.trim() === text, text);

for (const theme of ["light", "dark"])
  test(`by keyboard alone: what is above a limit is read and approved, ${theme}`, async () => {
    const { page, pane, asked } = await adjustments({ theme });
    await pane.getByText("It is worth £297.00 at cost").waitFor();
    await page.getByRole("listbox").focus();
    await page.keyboard.press("Enter");
    await focusText(page, "−18 TEAPOT04");
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog", { name: "Approve −18 TEAPOT04?" });
    await dialog.waitFor();
    await dialog.getByText("falls by 18 units at Whistl Fulfilment").waitFor();
    await dialog.getByText("from that it would go to 16").waitFor();
    await dialog.getByText("worth £297.00 less").waitFor();
    await focusText(page, "Approve −18 TEAPOT04");
    assert.deepEqual(await stage.axe(), [], "the question");
    await page.keyboard.press("Enter");
    await page
      .getByText("−18 TEAPOT04 (ADJ0000318) is approved and goes to Cin7 Core now.")
      .waitFor();
    assert.deepEqual(
      asked("adjustment_act").map(({ args }) => args),
      [{ act: "approve", id: "ADJ0000318", why: "" }],
    );
    await pane.getByText("Approved: posted next").first().waitFor();
    assert.deepEqual(await stage.axe(), [], "after it");
  });

test("setting one aside asks why, and nothing is done without", async () => {
  const { page, pane, asked } = await adjustments();
  await pane.getByText("It is worth £297.00 at cost").waitFor();
  await page.keyboard.press("i");
  const dialog = page.getByRole("dialog", { name: "Is −18 TEAPOT04 in Cin7 Core already?" });
  await dialog.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await page.keyboard.press("Enter");
  await dialog.getByText("Say why in a few words.").waitFor();
  assert.equal(asked("adjustment_act").length, 0);
  await page.keyboard.type("Corrected by hand");
  await page.keyboard.press("Enter");
  await page.getByText("counts as in Cin7 Core already. It is under Set aside.").waitFor();
  assert.deepEqual(asked("adjustment_act")[0].args, {
    act: "already",
    id: "ADJ0000318",
    why: "Corrected by hand",
  });
});

test("Today's line opens just those that need finance; the sidebar counts all", async () => {
  const { page, rows, asked } = await adjustments();
  await page
    .getByRole("navigation", { name: "Screens" })
    .getByRole("button", { name: /^Adjustments.*4 stock adjustments need you$/ })
    .waitFor();
  await page.keyboard.press("Alt+1");
  await page.getByRole("button", { name: /^Review: 2 stock adjustments/ }).click();
  await page.getByText("2 adjustments · by what is wrong").waitFor();
  assert.equal(await rows.count(), 2);
  assert.deepEqual(asked("open_adjustments").at(-1).args.filter, {
    tab: "needs_you",
    owner: "finance",
    reason: null,
    day: null,
    find: null,
  });
});

test("the history is narrowed by SKU, reason and day, and by state", async () => {
  const { page, asked } = await adjustments();
  await page.getByRole("tab", { name: /^Posted/ }).click();
  await page.getByText("40 adjustments · newest first").waitFor();
  await page.getByLabel("Reason").selectOption({ label: "Found 11" });
  await page.getByText("10 adjustments · newest first").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Find a SKU or document" }).fill("teapot");
  await page.getByText("4 adjustments · newest first").waitFor();
  await page.getByLabel("Happened on").fill("2026-11-24");
  await page.waitForFunction(() => !document.body.textContent.includes("4 adjustments ·"));
  assert.deepEqual(asked("open_adjustments").at(-1).args.filter, {
    tab: "posted",
    owner: null,
    reason: "Found",
    day: "2026-11-24",
    find: "teapot",
  });
});

test("an unknown SKU leads to its map; an adjustment to its entries in the log", async () => {
  const { page, pane } = await adjustments();
  await page.getByRole("option", { name: /POT4, −1 unit/ }).click();
  await pane.getByText("No product of Cin7 Core goes by POT4").waitFor();
  await pane.getByRole("button", { name: "Map the SKU" }).click();
  await page.getByRole("heading", { level: 1, name: "Mappings" }).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await pane.getByRole("button", { name: "In Activity" }).click();
  await page.getByRole("heading", { level: 1, name: "Activity" }).waitFor();
});

test("while the question stands the list stays as it is, and says what it misses", async () => {
  const { page, pane, answers, rows } = await adjustments();
  await pane.getByText("It is worth £297.00 at cost").waitFor();
  await page.getByRole("tab", { name: /^Needs you/ }).click();
  await page.getByText("4 adjustments · by what is wrong").waitFor();
  const before = await rows.count();
  await page.getByRole("textbox", { name: "Find a SKU or document" }).focus();
  answers.adjustment_act({ act: "dismiss", id: "ADJ0000334" });
  await stage.emit("changed", { stock: true });
  await page.getByText("1 is no longer here").waitFor();
  assert.equal(await rows.count(), before);
});

test("nothing yet, all in order, nothing found: each says so", async () => {
  const { page } = await adjustments();
  await page.keyboard.press("/");
  await page.keyboard.type("no such sku");
  await page.getByText("No stock adjustment matches").waitFor();
  await page.getByRole("button", { name: "Clear the filter" }).first().click();
  await page.getByText("48 adjustments · what needs you first").waitFor();
  await stage.close();
  const quiet = await adjustments({ world: "quiet" });
  await quiet.page.getByText("Nothing needs anyone.").waitFor();
  await quiet.page.getByRole("tab", { name: /^Needs you/ }).click();
  await quiet.page.getByText("All in order: nothing needs anyone").waitFor();
  await stage.close();
  const fresh = await adjustments({ world: "nothing_yet" });
  await fresh.page.getByText("The warehouse has counted nothing yet").waitFor();
});

test("the list is written to a file as it is narrowed", async () => {
  const { page } = await adjustments();
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByText(/^Saved as .*adjustments-2026-11-24-1447\.csv/).waitFor();
  const asked = stage.calls.filter((call) => call.command === "export_adjustments");
  assert.equal(asked.length, 1);
});
