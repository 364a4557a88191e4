/** The first run, as it is gone through: by keyboard alone, with keys that are wrong or badly pasted. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { NOW, fake } from "./fake.mjs";
import { open } from "./stage.js";
import { KEYS, settingUp } from "./worlds/setup.mjs";

/** A program that knows nothing yet, and its window. */
async function fresh(t) {
  const set = fake("nothing_yet", {
    shell: { standing: "first_run", first_run_step: "connect", mode: "look_only" },
  });
  const program = settingUp(set, (event, payload) => stage.emit(event, payload));
  const stage = await open(set.answers, { now: NOW });
  t.after(() => stage.close());
  stage.page.setDefaultTimeout(10_000);
  return { stage, page: stage.page, program };
}

/** Tab, and nothing else, until the focus is on what is called so. */
async function tabTo(page, role, name) {
  const wanted = page.getByRole(role, { name }).first();
  await wanted.waitFor();
  for (let step = 0; step < 40; step++) {
    if (await wanted.evaluate((node) => node === document.activeElement)) return wanted;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach the ${role} ${name}`);
}

async function type(page, label, text) {
  const field = await tabTo(page, "textbox", label);
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
  return field;
}

async function press(page, name) {
  await tabTo(page, "button", name);
  await page.keyboard.press("Enter");
}

/** The key's field is no textbox to the accessibility tree: it hides what is typed. */
async function secret(page, label, text) {
  const field = page.getByLabel(label, { exact: true });
  await field.waitFor();
  for (let step = 0; step < 40; step++) {
    if (await field.evaluate((node) => node === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  assert.ok(await field.evaluate((node) => node === document.activeElement), label);
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}

test("by keyboard alone: from nothing to live", async (t) => {
  const { stage, page, program } = await fresh(t);

  await secret(page, "Account ID", KEYS.account);
  await secret(page, "Application key", "not-the-key");
  await press(page, "Connect Cin7 Core");
  await page.getByRole("heading", { name: "Cin7 Core refuses the key" }).waitFor();
  assert.equal(await page.getByLabel("Application key", { exact: true }).inputValue(), "");

  await secret(page, "Account ID", KEYS.account);
  await secret(page, "Application key", KEYS.key);
  await press(page, "Connect Cin7 Core");
  const location = await tabTo(page, "combobox", "Warehouse location");
  await page.keyboard.type("Whistl");
  assert.equal(await location.inputValue(), "Whistl Fulfilment");
  await press(page, "Use this location");
  await page.getByText("Orders are taken from Whistl Fulfilment.").waitFor();
  await press(page, "Continue");

  await type(page, "Address", "https://fulfilment.example.org");
  await type(page, "Client code", "SHOP01");
  await secret(page, "Key", KEYS.whistl);
  await press(page, "Connect Whistl");
  await page.getByText("The key opens the account SHOP01.").waitFor();
  await press(page, "Continue");

  await press(page, "Look now, send nothing");
  await program.reads(240);
  await press(page, "Continue");
  await page.getByText("Would be sent", { exact: true }).waitFor();
  await press(page, "Continue");
  await press(page, "Go live…");
  await page.getByRole("dialog").waitFor();
  await page.getByText("7 orders stay held until put right.").first().waitFor();
  const asked = () => stage.calls.filter((call) => call.command === "go_live").length;
  assert.equal(asked(), 0, "nothing is live before it is confirmed");
  await tabTo(page, "button", /^Go live and send/);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
  assert.equal(asked(), 1);
  assert.deepEqual(await stage.problems(), []);
});

test("no key is ever left in the page", async (t) => {
  const { stage, page } = await fresh(t);
  await secret(page, "Account ID", KEYS.account);
  await secret(page, "Application key", KEYS.key);
  await press(page, "Connect Cin7 Core");
  await page.getByText("Kettle & Crane Ltd").first().waitFor();
  const whole = await page.evaluate(
    () =>
      document.documentElement.outerHTML +
      [...document.querySelectorAll("input")].map((input) => input.value).join(" ") +
      JSON.stringify(localStorage),
  );
  assert.ok(!whole.includes(KEYS.key), "the key stands in the page");
  assert.deepEqual(await stage.problems(), []);
});
