/**
 * Every screen in both themes: nothing for axe to say, no error, nothing that sticks out, at the
 * sizes people have and at 200 % zoom. With SHOTS=<folder> it leaves a picture of each there.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { NOW, fake, practiceOf, worldNames } from "./fake.mjs";
import { open } from "./stage.js";

const shots = process.env.SHOTS;
if (shots) await mkdir(shots, { recursive: true });

const screens = [
  "today",
  "orders",
  "confirmations",
  "drift",
  "adjustments",
  "mappings",
  "activity",
  "settings",
];
const themes = ["light", "dark"];
const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

const go = (stage, screen) =>
  stage.emit("go", { screen, filter: null, number: null, section: null });

/** Opens a world for one test, and closes it after. */
async function show(t, world, shell, options = {}) {
  const set = fake(world, { shell });
  const stage = await open(set.answers, { now: NOW, ...options });
  t.after(() => stage.close());
  return { ...set, stage };
}

/** Waits until the page has answered everything it was asked for and has drawn it. */
const settle = (stage) => stage.page.waitForTimeout(250);

const picture = (stage, name) =>
  shots && stage.page.screenshot({ path: join(shots, `${name}.png`) });

/** Elements that reach beyond the window's right edge, which nothing scrolls back. */
const sticksOut = (stage) =>
  stage.page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    return [...document.querySelectorAll("body *")]
      .filter((each) => {
        const box = each.getBoundingClientRect();
        if (!box.width || !box.height || box.right <= wide + 1) return false;
        // What lies in something that scrolls sideways, or is cut off on purpose, is reached or meant.
        for (let at = each.parentElement; at; at = at.parentElement)
          if (getComputedStyle(at).overflowX !== "visible" && at !== document.body) return false;
        return true;
      })
      .map(
        (each) =>
          `${each.tagName.toLowerCase()}.${each.className}: ${each.textContent?.slice(0, 40)}`,
      );
  });

for (const theme of themes) {
  describe(`in the ${theme} theme`, () => {
    let stage;
    before(async () => {
      stage = await open(fake("busy", { shell: { theme } }).answers, { now: NOW });
      await settle(stage);
    });
    after(() => stage.close());

    for (const screen of screens)
      test(`${screen} has nothing for axe to say and fits`, async () => {
        for (const size of sizes) {
          await stage.page.setViewportSize(size);
          await go(stage, screen);
          await settle(stage);
          await picture(stage, `${screen}-${theme}-${size.width}`);
          assert.deepEqual(await sticksOut(stage), [], `at ${size.width}`);
        }
        assert.deepEqual(await stage.axe(), []);
        assert.deepEqual(await stage.problems(), []);
      });
  });
}

for (const world of worldNames.filter((name) => name !== "busy"))
  test(`Today, Orders, Confirmations, Stock drift and Adjustments of the world “${world}” in both themes`, async (t) => {
    for (const theme of themes) {
      const { stage } = await show(t, world, { theme });
      for (const screen of ["today", "orders", "confirmations", "drift", "adjustments"]) {
        await go(stage, screen);
        await settle(stage);
        await picture(stage, `${screen}-${world}-${theme}`);
        assert.deepEqual(await sticksOut(stage), []);
        assert.deepEqual(await stage.axe(), [], `${screen}, ${theme}`);
      }
      assert.deepEqual(await stage.problems(), []);
    }
  });

for (const screen of screens)
  test(`${screen} works at 200 % zoom`, async (t) => {
    const { stage } = await show(
      t,
      "busy",
      { theme: "light" },
      {
        viewport: { width: 640, height: 400 },
        deviceScaleFactor: 2,
      },
    );
    await settle(stage);
    await go(stage, screen);
    await settle(stage);
    await picture(stage, `${screen}-zoom`);
    assert.deepEqual(await sticksOut(stage), []);
    const navigation = stage.page.getByRole("navigation", { name: "Screens" }).getByRole("button");
    assert.equal(await navigation.count(), 8);
    await navigation.last().click();
    assert.equal(await stage.page.title(), "Settings · Stockbridge");
    assert.deepEqual(await stage.axe(), []);
    assert.deepEqual(await stage.problems(), []);
  });

for (const theme of themes)
  test(`the first run, wherever it was left, ${theme}`, async (t) => {
    for (const first_run_step of ["connect", "look_only", "review", "live"]) {
      const shell = { theme, standing: "first_run", first_run_step, mode: "look_only" };
      const { stage } = await show(t, "nothing_yet", shell);
      for (const size of sizes) {
        await stage.page.setViewportSize(size);
        await settle(stage);
        await picture(stage, `first-run-${first_run_step}-${theme}-${size.width}`);
        assert.deepEqual(await sticksOut(stage), [], first_run_step);
      }
      assert.deepEqual(await stage.axe(), [], first_run_step);
      assert.deepEqual(await stage.problems(), []);
    }
  });

const standings = {
  no_keychain: ["The keychain of this computer does not answer.", "Unlock it, then try again."],
  key_missing: [
    "The stored data has no key on this computer.",
    "Bring the key back, or start anew.",
  ],
  newer_database: ["It was written by version 0.3.", "Install that version or a newer one."],
  held_elsewhere: ["Another copy has it open.", "Close the other one, then try again."],
  damaged: ["A page of the file does not read.", "Restore the copy of last night."],
  disk_full: ["Nothing more can be written.", "Make room, then try again."],
};

for (const theme of themes)
  test(`what stands in the way is calm and says what to do, ${theme}`, async (t) => {
    for (const [standing, [message, fix]] of Object.entries(standings)) {
      const { stage, answers } = await show(t, "busy", { theme, standing, message, fix });
      await stage.page.getByText(fix).waitFor();
      await stage.page.getByText(message).waitFor();
      await picture(stage, `standing-${standing}-${theme}`);
      assert.deepEqual(await stage.axe(), [], standing);
      answers.try_again = () => ({ ...answers.begin(), standing: "working" });
      await stage.page.getByRole("button", { name: "Try again" }).click();
      await stage.page.getByRole("navigation").waitFor();
      assert.deepEqual(await stage.problems(), []);
    }
  });

for (const theme of themes)
  test(`banners and dialogs, ${theme}`, async (t) => {
    const practice = practiceOf();
    const { stage, answers, state } = await show(t, "busy", { theme, practice, mode: "look_only" });
    const { page } = stage;
    answers.pause({ reason: "stock count" });
    await stage.emit("changed", { orders: true });
    await page.getByText("12 orders wait.").waitFor();
    await page.getByRole("button", { name: /Faults/ }).click();
    await page.getByRole("switch", { name: "Whistl does not answer" }).click();
    await page.getByRole("button", { name: "Faults (1 on)" }).waitFor();
    assert.equal(state.shell.practice.faults[0].on, true);
    await picture(stage, `banners-${theme}`);
    assert.deepEqual(await stage.axe(), [], "banners");

    await page.keyboard.press("Control+k");
    await page.keyboard.type("104");
    await page.getByRole("option", { name: /SO-10482/ }).waitFor();
    await picture(stage, `palette-${theme}`);
    assert.deepEqual(await stage.axe(), [], "Ctrl+K");
    await page.keyboard.press("Escape");

    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await picture(stage, `keys-${theme}`);
    assert.deepEqual(await stage.axe(), [], "keys");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.getByText("Sending goes on.").waitFor();
    await page.getByRole("button", { name: "Pause sending" }).click();
    await page.getByRole("dialog", { name: "Pause sending" }).waitFor();
    await picture(stage, `pause-${theme}`);
    assert.deepEqual(await stage.axe(), [], "pause");
    assert.deepEqual(await stage.problems(), []);
  });

test("a SKU and a setting that were looked for are what opens", async (t) => {
  const { stage, answers } = await show(t, "busy", {});
  const { page } = stage;
  const { entries } = await answers.maps({ kind: "sku" });
  const [entry] = entries;
  await stage.emit("go", { screen: "mappings", filter: null, number: entry.from, section: "sku" });
  await page.getByLabel("SKU at Whistl").first().waitFor();
  await page.waitForFunction(
    (to) => [...document.querySelectorAll("input")].some((input) => input.value === to),
    entry.to,
  );

  const { sections } = await answers.settings({});
  const section = sections.find(({ settings }) => settings.length > 1);
  const setting = section.settings.at(-1);
  const place = { screen: "settings", filter: null, number: setting.key, section: section.key };
  await stage.emit("go", place);
  await page.getByRole("heading", { name: section.title }).waitFor();
  await page.getByText(setting.title, { exact: true }).first().waitFor();
  assert.deepEqual(await stage.problems(), []);
});
