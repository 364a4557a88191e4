/** Stock drift, as it is used: by keyboard alone, from Ctrl+K, over 100,000 SKUs, and while things change. */
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

async function drift({ world = "busy", theme = "light", viewport } = {}) {
  const { answers } = fake(world, { shell: { theme } });
  stage = await open(answers, { now: NOW, ...(viewport ? { viewport } : {}) });
  const { page } = stage;
  page.setDefaultTimeout(20_000);
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
  await page.keyboard.press("Alt+4");
  await page.getByRole("heading", { level: 1, name: "Stock drift" }).waitFor();
  return {
    page,
    answers,
    rows: page.getByRole("listbox").getByRole("option"),
    card: (sku) => page.getByRole("region", { name: `${sku}, what happened` }),
    asked: (command) => stage.calls.filter((call) => call.command === command),
  };
}

for (const theme of ["light", "dark"])
  test(`by keyboard alone: what happened is read and put right with its exact effect, ${theme}`, async () => {
    const { page, card, asked } = await drift({ theme });
    await page.getByText("Reconciled 12:00 today, 4,812 SKUs in 38 s").waitFor();
    const teapot = card("TEAPOT04");
    await teapot.getByText("TEAPOT04: Whistl counted 8, Stockbridge expected 26").waitFor();
    await teapot.getByText(/gap opened between the 08:00 and 12:00 runs/).waitFor();
    await page.keyboard.press("p");
    const dialog = page.getByRole("dialog", { name: "Post −18 TEAPOT04 to Cin7 Core?" });
    await dialog.getByText("Cin7 Core will go from 34 to 16 TEAPOT04 at Main Warehouse.").waitFor();
    assert.deepEqual(await stage.axe(), [], "the question");
    assert.equal(asked("drift_act").length, 0, "nothing is written before it is confirmed");
    await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
    await page.keyboard.type("two boxes were never delivered");
    await page.keyboard.press("Enter");
    await page.getByText(/^Posted −18 of TEAPOT04 to Cin7 Core as SA-00012/).waitFor();
    assert.deepEqual(asked("drift_act")[0].args, {
      act: "post",
      sku: "TEAPOT04",
      why: "two boxes were never delivered",
      until: null,
    });
    await teapot.getByText(/The next reconciliation shows what is left/).waitFor();
    assert.equal(await teapot.getByRole("button", { name: "Post −18" }).isDisabled(), true);
    assert.deepEqual(await stage.axe(), [], "after it");
  });

test("a recount has its message ready, an acceptance needs a day and a reason", async () => {
  const { page, card, asked } = await drift();
  await card("TEAPOT04").getByRole("button", { name: "Ask for a recount" }).click();
  const recount = page.getByRole("dialog", { name: "Ask for a recount of TEAPOT04?" });
  const message = recount.getByRole("textbox", { name: "Message to the warehouse" });
  assert.match(await message.inputValue(), /18 are missing/);
  assert.deepEqual(await stage.axe(), [], "the message");
  await recount.getByRole("button", { name: "Ask for a recount" }).click();
  await page.getByText("A recount of TEAPOT04 is asked for.").waitFor();
  await card("TEAPOT04").getByRole("button", { name: "Withdraw…" }).click();
  await page.keyboard.type("sent to the wrong site");
  await page.keyboard.press("Enter");
  await page.getByText("What was decided about TEAPOT04 is taken back.").waitFor();

  await page.keyboard.press("a");
  const accept = page.getByRole("dialog", { name: /^Accept the difference/ });
  await accept.getByRole("button", { name: "Accept" }).click();
  await accept.getByText("Choose a day from today on.").waitFor();
  await accept.getByLabel("Until the end of").fill("2026-12-01");
  await accept.getByRole("button", { name: "Accept" }).click();
  await accept.getByText("Say why in a few words.").waitFor();
  assert.deepEqual(await stage.axe(), [], "the acceptance");
  await accept.getByLabel("Why").fill("a return is on its way");
  await accept.getByRole("button", { name: "Accept" }).click();
  await page.getByText("The difference of −18 TEAPOT04 is accepted.").waitFor();
  assert.equal(asked("drift_act").at(-1).args.until, "2026-12-01");
});

test("a category shows its SKUs alone, and lets go again", async () => {
  const { page, rows } = await drift();
  const short = page.getByRole("button", { name: /^Cin7 Core short/ });
  await short.click();
  await page.waitForFunction(() => document.querySelectorAll('[role="option"]').length === 1);
  await page.getByText("LAMPWH: Whistl counted 127, Stockbridge expected 120").waitFor();
  assert.equal(await short.getAttribute("aria-pressed"), "true");
  await short.click();
  await page.waitForFunction(() => document.querySelectorAll('[role="option"]').length === 6);
  assert.equal(await rows.count(), 6);
});

test("Enter opens the SKU's page, Escape and the mouse lead back to the row", async () => {
  const { page, card } = await drift();
  await card("TEAPOT04").waitFor();
  await page.keyboard.press("j");
  await card("MUGSET2")
    .getByText(/Finance has closed the period/)
    .waitFor();
  await page.keyboard.press("k");
  await card("TEAPOT04").waitFor();
  await page.keyboard.press("Enter");
  await page
    .getByRole("heading", { level: 2, name: /TEAPOT04/ })
    .first()
    .waitFor();
  await page.getByText("What moved, and what was decided").waitFor();
  await page.getByText("Left for SO-10391").waitFor();
  assert.deepEqual(await stage.axe(), [], "the page");
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/drift-page.png` });
  await page.keyboard.press("Escape");
  await page.getByRole("option", { selected: true }).getByText("TEAPOT04").first().waitFor();
});

test("what was found elsewhere opens its page", async () => {
  const { page, answers } = await drift();
  answers.find = () => [
    {
      kind: "sku",
      title: "LAMPWH",
      detail: "Desk lamp, white",
      tone: "plain",
      go: { screen: "drift", filter: null, confirmations: null, number: "LAMPWH", section: "page" },
    },
  ];
  await page.keyboard.press("Control+k");
  await page.keyboard.type("lamp");
  await page
    .getByRole("dialog")
    .getByRole("option", { name: /LAMPWH/ })
    .waitFor();
  await page.keyboard.press("Enter");
  await page
    .getByRole("heading", { level: 2, name: /LAMPWH/ })
    .first()
    .waitFor();
  await page.getByRole("button", { name: "All SKUs" }).click();
  await page.getByRole("listbox").waitFor();
});

test("a hundred thousand SKUs scroll to their end, and few of them are in the page", async () => {
  const { page, rows } = await drift({ world: "crowded" });
  await rows.first().waitFor();
  await page.getByRole("listbox").focus();
  await page.keyboard.press("End");
  await page.getByText("BOX099999").first().waitFor();
  assert.ok((await rows.count()) < 60);
});

test("never compared, nothing found, everything agrees, and not compared: each says so", async () => {
  const { page } = await drift();
  await page.keyboard.press("/");
  await page.keyboard.type("no such thing");
  await page.getByText("No SKU matches").waitFor();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await page.getByText("TEAPOT04").first().waitFor();
  await stage.close();
  const fresh = await drift({ world: "nothing_yet" });
  await fresh.page.getByText("Stock has not been reconciled yet").waitFor();
  await fresh.page.getByRole("main").getByRole("button", { name: "Reconcile now" }).click();
  await fresh.page.getByText("4,812 SKUs compared").waitFor();
  await stage.close();
  const quiet = await drift({ world: "quiet" });
  await quiet.page.getByText("Everything agrees").waitFor();
  await quiet.page.getByRole("button", { name: /^Can oversell/ }).click();
  await quiet.page.getByText("Last checked 2 h 47 ago.").waitFor();
  await stage.close();
  const broken = await drift({ world: "vendor_down" });
  await broken.page.getByText(/broke off at page 3 of 25/).waitFor();
  await broken.page.getByText("As of 08:00, the last whole reconciliation.").waitFor();
});

test("the file is written among the downloads, and a run by hand says what it found", async () => {
  const { page, asked } = await drift();
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByText(/^Saved as .*stock-drift-2026-11-24-1200\.csv/).waitFor();
  await page.getByRole("button", { name: "Reconcile now" }).click();
  await page.getByText("4,812 SKUs compared: 3 differ").waitFor();
  assert.equal(asked("reconcile_now").length, 1);
});

test("while a question stands the rows stay, and what changed is read in place", async () => {
  const { page, answers, card } = await drift();
  await card("TEAPOT04").waitFor();
  await page.keyboard.press("p");
  await page.getByRole("dialog").waitFor();
  const { drift_rows } = answers;
  answers.drift_rows = (args) =>
    drift_rows(args).map((row) => (row.sku === "TEAPOT04" ? { ...row, whistl: "26" } : row));
  await stage.emit("changed", { stock: true });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[role="option"]')][0]?.textContent?.includes("26"),
  );
  await page.getByRole("dialog").waitFor();
});

for (const theme of ["light", "dark"])
  test(`a month's end is read, saved and signed by keyboard, ${theme}`, async () => {
    const { page, asked } = await drift({ theme, viewport: { width: 1024, height: 700 } });
    await page.getByRole("button", { name: "Month end…" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Month end" });
    await dialog.getByRole("rowheader", { name: "Counted by Whistl at the close" }).waitFor();
    assert.deepEqual(await stage.axe(), [], "the bridge");
    await dialog.getByRole("button", { name: "Save to print" }).press("Enter");
    await page.getByText(/^Saved as .*stock-2026-10\.html/).waitFor();
    await dialog.getByLabel("Note under your name").fill("Agreed with Dana");
    await page.keyboard.press("Enter");
    await dialog
      .getByText("Signed by Sam, 24 November 2026, 14:48: Agreed with Dana", { exact: true })
      .waitFor();
    assert.deepEqual(asked("sign_month")[0].args, { month: "2026-10", note: "Agreed with Dana" });
    await dialog.getByLabel("Month", { exact: true }).selectOption("2026-11");
    const sign = dialog.getByRole("button", { name: "Sign" });
    await page.waitForFunction(() => document.querySelector('button[form="sign"]')?.disabled);
    assert.equal(await sign.getAttribute("title"), "The month is not over.");
    await dialog.getByLabel("Month", { exact: true }).selectOption("2026-09");
    await dialog.getByText(/not compared twice in September 2026/).waitFor();
    assert.deepEqual(await stage.axe(), [], "without a report");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Month end…" }).waitFor();
  });
