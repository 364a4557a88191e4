/** Orders, as it is used: by hand, by keyboard alone, while things change, and with far too many. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { NOW, fake } from "./fake.mjs";
import { open } from "./stage.js";
import { living } from "./worlds/living.mjs";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 1024, height: 700 };
/** At 200 % zoom a window of 1280 × 800 has this much room. */
const ZOOMED = { width: 640, height: 400 };

let stage;
afterEach(async () => {
  const problems = await stage?.problems();
  await stage?.close();
  stage = undefined;
  assert.deepEqual(problems ?? [], []);
});

/** Opens Orders in a world that lives. */
async function orders({ world = "busy", theme = "light", viewport = WIDE, pace } = {}) {
  const { answers, state } = fake(world, { shell: { theme } });
  const program = living({ answers, state }, (event, payload) => stage.emit(event, payload), {
    pace,
  });
  stage = await open(answers, { viewport, now: NOW });
  const { page } = stage;
  page.setDefaultTimeout(30_000);
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
  await page.keyboard.press("Alt+2");
  const rows = page.getByRole("listbox").getByRole("option");
  await page.getByRole("tab", { name: "Needs you" }).waitFor();
  if (state.orders.some((row) => !row.tab)) await rows.first().waitFor();
  return {
    page,
    program,
    answers,
    rows,
    row: (number) => rows.filter({ hasText: number }),
    pane: page.getByRole("region", { name: /^Order SO/ }),
    shownNumbers: async () =>
      (await rows.allTextContents()).map((text) => /SO-\d+/.exec(text)?.[0]),
  };
}

/** Waits until the focus is where `there` says of the focused element. */
const focusOn = (page, there, value) => page.waitForFunction(there, value);
const hasRole = (role) => document.activeElement?.getAttribute("role") === role;
const hasText = (text) => document.activeElement?.textContent?.trim() === text;

const asked = (command) => stage.calls.filter((call) => call.command === command);

test("by keyboard alone: a hold is understood, mapped, and the order resent", async () => {
  const { page, row, pane } = await orders({ pace: 400 });
  // J from anywhere takes the list; the fourth order was rejected for a SKU.
  for (let step = 0; step < 3; step++) await page.keyboard.press("j");
  await pane.getByText("Whistl does not know the SKU KETTLE17.").waitFor();

  await page.keyboard.press("Enter");
  await focusOn(page, hasText, "SO-10471");
  const box = page.getByLabel("SKU at Whistl");
  for (let step = 0; step < 10; step++) {
    if (await box.evaluate((node) => node === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("KETTLE-17");
  await page.keyboard.press("Enter");
  await page.getByText("“KETTLE-17” cannot be a Whistl SKU").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("KETTLE0017");
  await page.keyboard.press("Enter");
  await page.getByText("Saved. 1 order is being checked again.").waitFor();

  await page.keyboard.press("Escape");
  await focusOn(page, hasRole, "listbox");
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Resend SO-10471?" });
  await dialog.getByText("1 order will be read from Cin7 Core").waitFor();
  for (let step = 0; step < 4; step++) {
    if (await page.evaluate(hasText, "Resend SO-10471")) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");

  await row("SO-10471").locator(".seen").getByText("Resending…").waitFor();
  await row("SO-10471").locator(".seen").getByText("At the warehouse").waitFor();
  await page.getByText("1 of 1 accepted by Whistl.").waitFor();
  assert.deepEqual(
    asked("act").map(({ args }) => args),
    [{ act: "resend", which: { numbers: ["SO-10471"] }, note: "" }],
  );
});

test("one click resends a rejected order, whose row shows it in place", async () => {
  const { page, program, row, pane, shownNumbers } = await orders();
  const before = await shownNumbers();
  program.fixed.add("rejected_by_whistl");
  await row("SO-10471").click();
  // What it will do stands above the button before it is pressed.
  await pane.getByText("1 order will be read from Cin7 Core").first().waitFor();
  await pane.getByRole("button", { name: "Resend to Whistl" }).click();
  await row("SO-10471").locator(".seen").getByText("At the warehouse").waitFor();
  await pane.getByText("At the warehouse").first().waitFor();
  assert.deepEqual(await shownNumbers(), before);
  assert.equal(asked("act").length, 1);
  assert.equal(await page.getByRole("dialog").count(), 0);
});

test("mapping from a hold card frees the order by itself", async () => {
  const { page, pane } = await orders();
  await pane.getByRole("button", { name: /^Map to this/ }).click();
  await page.getByText("Saved. 1 order is being checked again.").waitFor();
  assert.deepEqual(
    asked("save_map").map(({ args }) => args),
    [
      {
        kind: "sku",
        from: "ITEM-01_BLUE",
        to: "ITEM01BLUE",
        reason: "Set on the hold of SO-10482",
      },
    ],
  );
});

test("a service is chosen on the card, and nothing is guessed", async () => {
  const { page, row, pane } = await orders();
  await row("SO-10477").click();
  const choice = pane.getByLabel("Whistl service");
  await choice.locator("option").nth(1).waitFor({ state: "attached" });
  await pane.getByRole("button", { name: "Save" }).click();
  await pane.getByText("Choose a service first.").waitFor();
  assert.equal(asked("save_map").length, 0);
  await choice.selectOption({ index: 1 });
  await pane.getByRole("button", { name: "Save" }).click();
  await page.getByText(/^Saved\./).waitFor();
  assert.equal(asked("save_map")[0].args.from, "Express Delivery");
});

test("nothing moves while rows are selected; what is new is offered", async () => {
  const { page, program, row, shownNumbers } = await orders();
  const before = await shownNumbers();
  await row("SO-10477").locator("[data-tick]").click();
  await page.getByText("1 selected").waitFor();

  program.arrive("SO-10500", "New Customer");
  program.arrive("SO-10501", "Newer Customer");
  program.accept("SO-10465");
  await program.changed();
  await page.getByText("2 new, 1 is no longer here").waitFor();
  assert.deepEqual(await shownNumbers(), before);
  // What stands in the rows is as it is now.
  await row("SO-10465").locator(".seen").getByText("At the warehouse").waitFor();

  await page.getByRole("button", { name: "Show", exact: true }).click();
  await row("SO-10501").waitFor();
  assert.deepEqual((await shownNumbers()).slice(0, 3), ["SO-10501", "SO-10500", "SO-10482"]);
  assert.equal(await row("SO-10465").count(), 0);
  await page.getByText("1 selected").waitFor();
});

test("with nothing in hand the list follows quietly, and the row under the cursor stays", async () => {
  const { page, program, row, pane, shownNumbers } = await orders();
  await row("SO-10471").click();
  program.arrive("SO-10500", "New Customer");
  await program.changed();
  await row("SO-10500").waitFor();
  assert.equal((await shownNumbers())[0], "SO-10500");
  await pane.getByRole("heading", { name: "SO-10471" }).waitFor();
  const cursor = await page.getByRole("listbox").getAttribute("aria-activedescendant");
  assert.match((await page.locator(`[id="${cursor}"]`).textContent()) ?? "", /SO-10471/);

  // The order being looked at is not taken away.
  program.accept("SO-10471");
  await program.changed();
  await page.getByText("1 is no longer here").waitFor();
  await row("SO-10471").locator(".seen").getByText("At the warehouse").waitFor();
});

test("typing keeps the list still", async () => {
  const { page, program, pane, shownNumbers } = await orders();
  const before = await shownNumbers();
  await pane.getByRole("button", { name: "Note…" }).click();
  await page.keyboard.type("Rang the customer");
  program.arrive("SO-10500", "New Customer");
  await program.changed();
  await page.getByText("1 new").waitFor();
  assert.deepEqual(await shownNumbers(), before);
  await pane.getByRole("button", { name: "Keep the note" }).click();
  await pane.getByText("Rang the customer").waitFor();
});

test("a group, a range, all that match", async () => {
  const { page, row } = await orders();
  await row("SO-10482").locator("[data-tick]").click();
  await row("SO-10477").click({ modifiers: ["Shift"] });
  await page.getByText("3 selected").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("7 orders", { exact: true }).waitFor();

  await page.keyboard.press("g");
  await page.getByText("4 selected").waitFor();
  await page.getByRole("button", { name: "Select all 7" }).click();
  await page.getByText("All 7 selected").waitFor();
  await page.getByRole("button", { name: "Recheck 7" }).click();
  await page.getByRole("dialog", { name: "Recheck 7 orders?" }).waitFor();
  // The order's own buttons ask as well, what they may do.
  const rechecks = () => asked("preview").filter(({ args }) => args.act === "recheck");
  assert.deepEqual(Object.keys(rechecks().at(-1).args.which), ["list"]);
  await page.keyboard.press("Escape");

  // One left out again: then they are named.
  await row("SO-10482").locator("[data-tick]").click();
  await page.getByRole("button", { name: "Recheck 6" }).click();
  await page.getByRole("dialog", { name: "Recheck 6 orders?" }).waitFor();
  assert.equal(rechecks().at(-1).args.which.numbers.length, 6);
});

test("the question stands at once, and can be answered when its effect is known", async () => {
  const { page, answers } = await orders();
  const preview = answers.preview;
  const waiting = [];
  answers.preview = (args) => new Promise((done) => waiting.push(() => done(preview(args))));
  await page.keyboard.press("a");
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Working out what this does…").waitFor();
  const button = dialog.getByRole("button", { name: "Resend" });
  while (!(await button.evaluate((node) => node === document.activeElement)))
    await page.waitForTimeout(20);
  await page.keyboard.press("Enter");
  assert.deepEqual(asked("act"), [], "nothing is done unseen");

  for (const known of waiting) known();
  await page.getByRole("dialog", { name: "Resend 7 orders?" }).waitFor();
  await dialog.getByRole("button", { name: "Resend 7 orders" }).click();
  await page.getByRole("button", { name: "Done" }).waitFor();
  assert.equal(asked("act").length, 1);
});

test("an action tells how it goes, can be stopped, and names the failures first", async () => {
  const { page, program, row, rows } = await orders({ pace: 150 });
  program.fixed.add("sku_invalid_characters");
  await page.keyboard.press("a");
  await page.keyboard.press("s");
  await page.getByRole("dialog").getByRole("button", { name: "Resend 7 orders" }).click();
  // The click shows at once, on every row that is meant.
  assert.equal(await rows.locator(".seen").getByText("Resending…").count(), 7);
  const line = page.getByRole("region", { name: "What happened to each order" });
  await line.getByText(/^[1-6] of 7/).waitFor();
  await line.getByRole("button", { name: "Cancel" }).click();
  await line.getByText(/orders were left as they were/).waitFor();
  await line.getByText("You stopped it.").waitFor();

  const results = await line.getByRole("listitem").allTextContents();
  assert.match(results[0], /Still held/);
  assert.match(results.at(-1), /SO-10482.*Accepted by Whistl/s);
  // Those left untouched say no longer that something is being done to them.
  assert.equal(await page.locator(".seen").getByText("Resending…").count(), 0);
  await line.getByRole("button", { name: "Done" }).click();
  await row("SO-10482").waitFor({ state: "detached" });
});

test("what may not be done says why, before and when it is asked for", async () => {
  const { page, row, rows, pane } = await orders();
  await page.getByRole("tab", { name: "At the warehouse" }).click();
  const first = rows.first();
  await first.locator(".seen").getByText("Accepted by Whistl").waitFor();
  const number = /SO-\d+/.exec((await first.textContent()) ?? "")[0];
  await row(number).click();
  await pane.getByRole("button", { name: /^More for/ }).focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("menu");
  await menu.getByText("Whistl itself would refuse it.").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await menu.count(), 0);
});

test("refusals stand in the confirmation", async () => {
  const { page, program, row, answers } = await orders();
  await row("SO-10482").locator("[data-tick]").click();
  await row("SO-10479").locator("[data-tick]").click();
  program.accept("SO-10479");
  void answers;
  await page.getByRole("button", { name: "Resend 2" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Left out: 1 order").waitFor();
  await dialog.getByText("The warehouse has it: withdraw it first.").waitFor();
  await dialog.getByRole("button", { name: "Resend 1 order" }).waitFor();
});

test("the filter stands as chips; what it hides can be shown again", async () => {
  const { page, row } = await orders();
  await page.getByLabel("Owner", { exact: true }).selectOption("warehouse");
  await page.getByText("1 order", { exact: true }).waitFor();
  await row("SO-10455").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("zebra");
  await page.getByText("No order matches").waitFor();
  await page.getByText("owner Warehouse, “zebra”").waitFor();
  await page.getByRole("button", { name: "Clear owner" }).click();
  await page.getByText("this filter: “zebra”").waitFor();
  await page.getByRole("button", { name: "Clear the filter" }).last().click();
  await row("SO-10482").waitFor();
  assert.equal(await page.getByLabel("Find in this list").inputValue(), "");
});

test("an order is put off with a reason, and brought back", async () => {
  const { page, pane } = await orders();
  await pane.getByRole("button", { name: "Put off…" }).click();
  await pane.getByLabel(/Tomorrow morning/).check();
  await pane.getByRole("button", { name: "Put off", exact: true }).click();
  await pane.getByText("Say why in a few words.").waitFor();
  await pane.getByLabel("Why").fill("Waiting for the customer");
  await page.keyboard.press("Enter");
  await pane.getByText("Put off until tomorrow, 09:00").waitFor();
  assert.equal(asked("put_off")[0].args.until, "2026-11-25T09:00:00.000Z");
  await pane.getByRole("button", { name: "Bring back" }).click();
  await pane.getByRole("button", { name: "Put off…" }).waitFor();
});

test("payloads are masked until someone says that they mean it", async () => {
  const { page, pane } = await orders();
  await pane.getByRole("button", { name: "Payloads" }).click();
  await pane.getByText("Personal data is masked.").waitFor();
  await pane.getByRole("button", { name: "Show personal data" }).click();
  await page.getByRole("dialog", { name: "Show personal data?" }).waitFor();
  assert.deepEqual(
    asked("payloads").map(({ args }) => args.personal),
    [false],
  );
  await page.getByRole("dialog").getByRole("button", { name: "Show personal data" }).click();
  await pane.getByText("Personal data is shown.").waitFor();
  await pane.getByRole("button", { name: "Mask it again" }).click();
  await pane.getByText("Personal data is masked.").waitFor();
});

test("handing an order to someone else", async () => {
  const { page, pane } = await orders();
  await pane.getByRole("button", { name: /Hand to/ }).click();
  await page.getByRole("menuitemradio", { name: "Warehouse" }).click();
  await page.getByText("SO-10482 is handed to Warehouse.").waitFor();
  await pane.getByRole("button", { name: /SO-10482 is with Warehouse/ }).waitFor();
});

test("in a narrow window Enter lays the order over the list, Escape takes it away", async () => {
  const { page, pane } = await orders({ viewport: NARROW });
  assert.equal(await pane.count(), 0);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await pane.getByRole("heading", { name: "SO-10482" }).waitFor();
  await pane.getByText("SKU has characters Whistl rejects").waitFor();
  await page.keyboard.press("j");
  await pane.getByRole("heading", { name: "SO-10479" }).waitFor();
  await page.keyboard.press("Escape");
  await pane.waitFor({ state: "detached" });
  await focusOn(page, hasRole, "listbox");
});

test("at 200 % zoom nothing is out of reach", async () => {
  const { page, pane, row } = await orders({ viewport: ZOOMED });
  await row("SO-10482").click();
  const box = await pane.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= ZOOMED.width, "the order fits the window");
  await pane.getByRole("button", { name: "Resend to Whistl" }).scrollIntoViewIfNeeded();
  await page.keyboard.press("Escape");
  await row("SO-10455").scrollIntoViewIfNeeded();
  assert.ok(await row("SO-10455").isVisible());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

test("a name of 200 characters pushes nothing aside", async () => {
  const { page, row, pane } = await orders({ world: "long_names" });
  const box = await row("SO-10482").locator(".seen").getByText("due in").boundingBox();
  const edge = await page.getByRole("listbox").boundingBox();
  assert.ok(box.x + box.width <= edge.x + edge.width);
  assert.equal(
    (
      await pane
        .getByText(/^Featherstonehaugh/)
        .first()
        .getAttribute("title")
    ).length,
    200,
  );
});

test("three ways to be empty", async () => {
  const calm = await orders({ world: "quiet" });
  await calm.page.getByText("Nothing needs you").waitFor();
  await calm.page.getByText(/^Last checked/).waitFor();
  await stage.close();
  const none = await orders({ world: "nothing_yet" });
  await none.page.getByText("No orders yet").waitFor();
  await none.page.getByRole("button", { name: "Look now" }).click();
  await none.page.getByText("Looking at Cin7 Core and Whistl now.").waitFor();
});

for (const theme of ["light", "dark"])
  test(`axe finds nothing on Orders, ${theme}`, async () => {
    const { page, pane, row, rows } = await orders({ theme });
    assert.deepEqual(await stage.axe(), [], "as it opens");
    await row("SO-10477").locator("[data-tick]").click();
    await row("SO-10477").click();
    await pane.getByLabel("Whistl service").waitFor();
    assert.deepEqual(await stage.axe(), [], "with a selection");
    await page.keyboard.press("r");
    await page.getByRole("dialog").waitFor();
    assert.deepEqual(await stage.axe(), [], "confirming");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Recheck/ })
      .click();
    await page.getByRole("button", { name: "Done" }).waitFor();
    assert.deepEqual(await stage.axe(), [], "with results");
    await pane.getByRole("button", { name: "Payloads" }).click();
    await pane.getByText("Personal data is masked.").waitFor();
    await pane.getByRole("button", { name: "Put off…" }).click();
    assert.deepEqual(await stage.axe(), [], "with payloads and a form");
    await page.getByRole("tab", { name: "At the warehouse" }).click();
    await page.getByText("148 orders").waitFor();
    assert.deepEqual(await stage.axe(), [], "at the warehouse");
    await page.setViewportSize(ZOOMED);
    await rows.first().click();
    assert.deepEqual(await stage.axe(), [], "at 200 %");
  });

test("100,000 held orders: rows wherever the list is scrolled to, and any order at once", async () => {
  const { page, row, rows } = await orders({ world: "crowded" });
  const list = page.getByRole("listbox");
  await page.getByText("100,000 orders", { exact: true }).waitFor();

  // Wherever the scroll bar is let go, the rows that belong there come into sight.
  for (const part of [0.1, 0.37, 0.5, 0.93, 0.2]) {
    await list.evaluate((node, part) => (node.scrollTop = node.scrollHeight * part), part);
    while (!(await list.evaluate(isCovered))) await page.waitForTimeout(20);
    assert.ok((await rows.count()) < 60, "only rows in sight are in the page");
  }

  await list.focus();
  await page.keyboard.press("End");
  await row("SO-100001").waitFor();
  await page.getByRole("region", { name: "Order SO-100001" }).waitFor();
  assert.ok((await rows.count()) < 60, "only rows in sight are in the page");
});

/** In the page: whether the middle of the list shows a row that has been read. */
function isCovered(list) {
  const { left, top, width, height } = list.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return /SO-\d+/.test(there?.closest("[role=option]")?.textContent ?? "");
}
