/** What the keyboard, the program's events and a failing program do to the page round the screens. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { NOW, fake, practiceOf } from "./fake.mjs";
import { open } from "./stage.js";

let stage;
afterEach(async () => {
  assert.deepEqual(await stage.problems(), []);
  await stage.close();
});

async function show(world = "busy", shell = {}, options = {}) {
  const set = fake(world, { shell: { theme: "light", ...shell } });
  stage = await open(set.answers, { now: NOW, ...options });
  await stage.page.getByRole("heading", { level: 1 }).waitFor();
  return { ...set, page: stage.page };
}

const everything = {
  orders: true,
  activity: true,
  settings: true,
  attention: true,
  calls: true,
  stock: true,
};

test("Ctrl+K takes the focus and Escape gives it back", async () => {
  const { page } = await show();
  const button = page.getByRole("button", { name: "Sync now" });
  await button.focus();
  await page.keyboard.press("Control+k");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
  // The page behind is out of reach meanwhile.
  for (let times = 0; times < 4; times++) await page.keyboard.press("Tab");
  assert.equal(
    await page.evaluate(() => Boolean(document.activeElement?.closest("[role=dialog]"))),
    true,
  );
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.textContent?.trim() === "Sync now");
  await page.keyboard.press("Enter");
  await page.getByText("Looking at Cin7 Core and Whistl now.").waitFor();
});

test("with the keyboard alone from Today to an order and back", async () => {
  const { page } = await show();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("10482");
  await page.getByRole("option", { name: /SO-10482/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Orders" }).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  await page.keyboard.press("Alt+8");
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

test("every place that can have the focus shows it", async () => {
  const { page } = await show();
  const seen = new Set();
  for (let times = 0; times < 40; times++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return null;
      const style = getComputedStyle(focused);
      return {
        name: focused.getAttribute("aria-label") ?? focused.textContent.trim().slice(0, 40),
        shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      };
    });
    if (!at) break;
    assert.ok(at.shown, `${at.name} shows no focus`);
    seen.add(at.name);
  }
  assert.ok(seen.size > 15, [...seen].join(", "));
});

test("pausing asks why, says what it means, and the banner stays on every screen", async () => {
  const { page, state } = await show();
  await page.getByRole("button", { name: "Pause sending" }).click();
  const dialog = page.getByRole("dialog", { name: "Pause sending" });
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await page.keyboard.press("Enter");
  await dialog.getByText("Say why in a few words.").waitFor();
  assert.equal(state.today.paused, null);
  await page.keyboard.type("stock count");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  assert.equal(state.today.paused.why, "stock count");
  for (const screen of ["today", "orders", "settings"]) {
    await stage.emit("go", { screen, filter: null, number: null, section: null });
    await page.getByText("Sam: stock count. 12 orders wait.").waitFor();
  }
});

test("a pause that fails says so in the dialog, which stays", async () => {
  const { page, answers } = await show();
  answers.pause = () => {
    throw { code: "store", message: "The disk is full: nothing was changed.", field: null };
  };
  await page.getByRole("button", { name: "Pause sending" }).click();
  await page.getByRole("textbox", { name: "Why" }).fill("stock count");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByText("The disk is full: nothing was changed.").waitFor();
});

test("Today follows the program's events, and nothing else asks", async () => {
  const { page, state } = await show();
  const asked = () => stage.calls.filter(({ command }) => command === "today").length;
  const before = asked();
  await page.waitForTimeout(1500);
  assert.equal(asked(), before, "no polling");
  state.today = { ...state.today, needs_you: 9 };
  await stage.emit("changed", everything);
  await page.getByRole("button", { name: "Orders , 9 orders need you" }).waitFor();
});

test("what could not be read anew says from when it is", async () => {
  const { page, answers, state } = await show();
  answers.today = () => {
    throw { code: "store", message: "The disk is full.", field: null };
  };
  await stage.emit("changed", everything);
  await page.getByText("What is shown is from 14:48:20. The disk is full.").waitFor();
  answers.today = () => state.today;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Not up to date").waitFor({ state: "detached" });
});

test("a computer that shows no notifications is said to, with the way to their settings", async () => {
  const { page } = await show("quiet", {
    notifications: "unavailable",
    notifications_message: "This desktop has nothing that shows notifications.",
  });
  await page.getByText("This desktop has nothing that shows notifications.").waitFor();
  await page.getByRole("button", { name: "Alert settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

test("rows stay under the pointer while news come in", async () => {
  const { page, state } = await show();
  const fix = page.getByRole("button", { name: /^Fix 4/ });
  await fix.hover();
  const before = await fix.boundingBox();
  const first = { ...state.today.needs[0], id: "newer", title: "Whistl does not answer" };
  state.today = { ...state.today, needs: [first, ...state.today.needs] };
  await stage.emit("changed", everything);
  await page.getByRole("button", { name: "1 new, show" }).waitFor();
  assert.deepEqual(await fix.boundingBox(), before);
  await page.mouse.move(5, 5);
  await page.getByText("Whistl does not answer").waitFor();
});

test("a notification that was clicked opens its place", async () => {
  const { page } = await show();
  await stage.emit("go", { screen: "activity", filter: null, number: null, section: null });
  await page.getByRole("heading", { level: 1, name: "Activity" }).waitFor();
});

test("practice begins and ends with a clean page", async () => {
  const { page, answers } = await show("busy", { practice: practiceOf() });
  await stage.emit("go", { screen: "orders", filter: null, number: "SO-10482", section: null });
  await page.getByRole("button", { name: "60×" }).click();
  await page.getByRole("button", { name: "60×", pressed: true }).waitFor();
  answers.today = () => new Promise(() => undefined);
  await page.getByRole("button", { name: "Leave practice" }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  assert.equal(await page.getByText("SO-10455 blocked").count(), 0);
});

test("a program that does not answer is said to be silent, and can be asked again", async () => {
  const { answers, state } = fake("busy");
  const begin = answers.begin;
  answers.begin = () => {
    throw new Error("command begin not allowed");
  };
  stage = await open(answers, { now: NOW });
  await stage.page.getByText("Stockbridge does not answer").waitFor();
  assert.equal(await stage.page.getByText("not allowed").count(), 0);
  answers.begin = begin;
  await stage.page.getByRole("button", { name: "Try again" }).click();
  await stage.page.getByRole("navigation").waitFor();
  assert.equal(state.shell.standing, "working");
});

test("who wants no motion gets none", async () => {
  const { page } = await show("busy", { practice: practiceOf() }, { reducedMotion: "reduce" });
  await page.getByRole("button", { name: /Faults/ }).click();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .map((each) => getComputedStyle(each))
      .filter((style) => style.transitionDuration !== "0s" || style.animationName !== "none")
      .map((style) => style.transition),
  );
  assert.deepEqual(moving, []);
});

test("the theme of the computer is followed when the choice is left to it", async () => {
  const { page } = await show("quiet", { theme: "system" }, { colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await ground(), "rgb(23, 24, 26)");
  await page.emulateMedia({ colorScheme: "light" });
  assert.equal(await ground(), "rgb(246, 246, 244)");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.equal(await ground(), "rgb(23, 24, 26)");
});
