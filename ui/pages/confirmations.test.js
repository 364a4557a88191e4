/** Confirmations, as it is used: by keyboard alone, from Today, and while things change. */
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

async function confirmations({ world = "busy", theme = "light", viewport } = {}) {
  const { answers } = fake(world, { shell: { theme } });
  stage = await open(answers, { now: NOW, ...(viewport ? { viewport } : {}) });
  const { page } = stage;
  page.setDefaultTimeout(20_000);
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
  await page.keyboard.press("Alt+3");
  await page.getByRole("heading", { level: 1, name: "Confirmations" }).waitFor();
  return {
    page,
    answers,
    rows: page.getByRole("listbox").getByRole("option"),
    pane: page.getByRole("region", { name: /^Despatch DSP/ }),
    asked: (command) => stage.calls.filter((call) => call.command === command),
  };
}

const focusText = (page, text) =>
  page.waitForFunction((text) => document.activeElement?.textContent?.trim() === text, text);

for (const theme of ["light", "dark"])
  test(`by keyboard alone: what is wrong is read and tried again, ${theme}`, async () => {
    const { page, pane, asked } = await confirmations({ theme });
    await pane.getByText("Ask the warehouse what was sent").waitFor();
    await page.keyboard.press("j");
    await pane.getByText("the sale is voided in Cin7 Core").waitFor();
    await page.keyboard.press("Enter");
    await focusText(page, "DSP0000869");
    await page.keyboard.press("r");
    await page.getByRole("dialog", { name: "Retry DSP0000869?" }).waitFor();
    await focusText(page, "Retry DSP0000869");
    assert.deepEqual(await stage.axe(), [], "the question");
    await page.keyboard.press("Enter");
    await page.getByText("DSP0000869 is tried again now.").waitFor();
    assert.deepEqual(
      asked("confirmation_act").map(({ args }) => args),
      [{ act: "retry", id: "DSP0000869", why: "" }],
    );
    await pane.getByText("Cin7 Core is told next").first().waitFor();
    assert.deepEqual(await stage.axe(), [], "after it");
  });

test("leaving one as it is asks why, and nothing is done without", async () => {
  const { page, pane, asked } = await confirmations();
  await pane.getByText("Ask the warehouse what was sent").waitFor();
  await page.keyboard.press("l");
  const dialog = page.getByRole("dialog", { name: "Leave DSP0000861 as it is?" });
  await dialog.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await page.keyboard.press("Enter");
  await dialog.getByText("Say why in a few words.").waitFor();
  assert.equal(asked("confirmation_act").length, 0);
  await page.keyboard.type("Put right by hand");
  await page.keyboard.press("Enter");
  await page.getByText("DSP0000861 is left as it is.").waitFor();
  assert.equal(asked("confirmation_act")[0].args.why, "Put right by hand");
});

test("Today's line opens just those that need the office, and its figure those that wait", async () => {
  const { page, rows, asked } = await confirmations();
  await page.keyboard.press("Alt+1");
  await page.getByRole("button", { name: /^Review: 2 despatches/ }).click();
  await page.getByText("2 despatches · longest waiting first").waitFor();
  assert.equal(await rows.count(), 2);
  assert.deepEqual(asked("open_confirmations").at(-1).args.filter, {
    tab: "needs_you",
    owner: "office",
    find: null,
  });
  await page.keyboard.press("Alt+1");
  await page.getByRole("button", { name: /To tell Cin7 Core 4/ }).click();
  await page.getByText("4 despatches · longest waiting first").waitFor();
  await page.getByText("Sent to Cin7 Core, no answer yet: looking").first().waitFor();
});

test("an unmapped carrier leads to its map, a parcel to its page", async () => {
  const { page, pane, asked } = await confirmations();
  await pane
    .getByRole("button", { name: /^Follow JD00022/ })
    .first()
    .click();
  assert.deepEqual(asked("open_tracking")[0].args, { id: "DSP0000861", parcel: 1 });
  await pane.getByRole("button", { name: "Name it under Carriers" }).click();
  await page.getByRole("heading", { level: 1, name: "Mappings" }).waitFor();
  await page.getByRole("tab", { name: "Carriers", selected: true }).waitFor();
});

for (const theme of ["light", "dark"])
  test(`what came again under the same id says what differs and who is to be asked, ${theme}`, async () => {
    const { page, pane } = await confirmations({ theme });
    await page.getByRole("tab", { name: /^Posted/ }).click();
    await pane.getByText("sent DSP0000799 again with other content").waitFor();
    await pane.getByText("Ask the warehouse which is right").waitFor();
    assert.deepEqual(await stage.axe(), []);
  });

test("while the question stands the list stays as it is, and says what it misses", async () => {
  const { page, pane, answers, rows } = await confirmations();
  await pane.getByText("Ask the warehouse what was sent").waitFor();
  const before = await rows.count();
  await page.getByRole("textbox", { name: "Find an order or a despatch" }).focus();
  answers.confirmation_act({ act: "leave_alone", id: "DSP0000874" });
  await stage.emit("changed", { orders: true });
  await page.getByText("1 is no longer here").waitFor();
  assert.equal(await rows.count(), before);
});

test("nothing yet, nothing wrong, nothing found: each says so", async () => {
  const { page } = await confirmations();
  await page.keyboard.press("/");
  await page.keyboard.type("no such order");
  await page.getByText("No despatch matches").waitFor();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await page.getByText("3 despatches · longest waiting first").waitFor();
  await stage.close();
  const quiet = await confirmations({ world: "quiet" });
  await quiet.page.getByText("Cin7 Core knows of everything that left").waitFor();
  await quiet.page.getByText("Last checked 40 s ago.").waitFor();
  await stage.close();
  const fresh = await confirmations({ world: "nothing_yet" });
  await fresh.page.getByText("Nothing has left the warehouse yet").waitFor();
});
