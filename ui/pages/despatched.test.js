/** What left, seen from the order: whose time it was, what is settled by hand, what came again. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { NOW, fake } from "./fake.mjs";
import { open } from "./stage.js";
import { SHORT } from "./worlds/orders.mjs";

let stage;
afterEach(async () => {
  const problems = await stage?.problems();
  await stage?.close();
  stage = undefined;
  assert.deepEqual(problems ?? [], []);
});

const NUMBER = "SO-10240";
const filter = (find) => ({
  tab: "despatched",
  owner: null,
  cause: null,
  channel: null,
  find,
  put_off: false,
});

/** Opens an order that has left, of which a part will not come. */
async function despatched({ theme = "light", viewport = { width: 1024, height: 700 } } = {}) {
  const { answers } = fake("busy", { shell: { theme } });
  const { order } = answers;
  let settled = false;
  answers.order = ({ number }) => ({
    ...order({ number }),
    holds: settled ? [] : [SHORT],
    notes: settled ? [{ at: NOW, who: "Sam", text: "credited", to: null }] : [],
  });
  const { settle } = answers;
  answers.settle = (args) => {
    settled = true;
    return settle(args);
  };
  stage = await open(answers, { viewport, now: NOW });
  const { page } = stage;
  page.setDefaultTimeout(20_000);
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
  await stage.emit("go", { screen: "orders", filter: filter(NUMBER), number: NUMBER });
  const pane = page.getByRole("region", { name: `Order ${NUMBER}` });
  await pane.getByRole("region", { name: "From authorised to confirmed" }).waitFor();
  return {
    page,
    pane,
    asked: (command) => stage.calls.filter((call) => call.command === command),
  };
}

for (const theme of ["light", "dark"])
  test(`whose time it was fits the smallest window and is read aloud, ${theme}`, async () => {
    const { pane } = await despatched({ theme });
    const way = pane.getByRole("region", { name: "From authorised to confirmed" });
    const said = (await way.getByRole("listitem").allTextContents()).map((text) =>
      text.replace(/\s+/g, " ").trim(),
    );
    assert.equal(said.length, 7);
    assert.equal(said[3], "Warehouse To be packed and handed to the carrier 5 h 16");
    await way.getByText("6 h 24", { exact: true }).waitFor();
    const parts = await way
      .locator(".bar .part")
      .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().width));
    assert.ok(parts[3] > 0.7 * parts.reduce((sum, part) => sum + part), "in proportion");
    assert.ok(Math.min(...parts) >= 2, "none is lost");
    const beyond = await pane
      .locator(".scroll")
      .evaluate((node) => node.scrollWidth - node.clientWidth);
    assert.equal(beyond, 0, "nothing runs out at the side");
    assert.deepEqual(await stage.axe(), []);
  });

test("by keyboard alone: what will not come is settled, with a reason", async () => {
  const { page, pane, asked } = await despatched();
  await pane.getByRole("button", { name: "Settled…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Settle ${NUMBER}?` });
  await dialog.getByText("1 of 3 TEAPOT04 not sent").waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  assert.deepEqual(await stage.axe(), [], "the question");
  await page.keyboard.press("Enter");
  await dialog.getByText("Say why in a few words.").waitFor();
  assert.equal(asked("settle").length, 0);
  await page.keyboard.type("credited");
  await page.keyboard.press("Enter");
  await page.getByText(`${NUMBER} is settled. Your reason is kept as a note on it.`).waitFor();
  assert.deepEqual(
    asked("settle").map(({ args }) => args),
    [{ number: NUMBER, why: "credited" }],
  );
  await pane.getByRole("button", { name: "Settled…" }).waitFor({ state: "detached" });
  await pane.getByText("credited").waitFor();
});

test("Escape leaves the question, and nothing is settled", async () => {
  const { page, pane, asked } = await despatched();
  await pane.getByRole("button", { name: "Settled…" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(asked("settle").length, 0);
  await pane.getByRole("button", { name: "Settled…" }).click();
  await page.getByRole("dialog").waitFor();
});

test("a despatch that came again with other content says so in the order", async () => {
  const { pane } = await despatched();
  await pane.getByText("again with other content: 3 TEAPOT04 instead of 2").waitFor();
});

test("carriers that despatches named and that are not mapped come first", async () => {
  const { page } = await despatched();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await stage.emit("go", { screen: "mappings", filter: null, number: null, section: "carrier" });
  const list = page.getByRole("list", { name: "Not mapped, named by despatches" });
  await list.getByText("14 despatches told with this name").waitFor();
  assert.deepEqual(await stage.axe(), []);
  await list.getByLabel("Carrier in Cin7 Core for DPDUK").fill("DPD");
  await page.keyboard.press("Enter");
  await page.getByText("Saved.").first().waitFor();
});
