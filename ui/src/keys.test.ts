import { afterEach, expect, test, vi } from "vitest";

import { keys, name, printed, type Shortcut } from "./keys.svelte";

const press = (key: string, more: KeyboardEventInit = {}, target: Element = document.body) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  const heard = (each: Event) => keys.press(each as KeyboardEvent);
  document.addEventListener("keydown", heard, { once: true });
  target.dispatchEvent(event);
  return event;
};

const shortcut = (key: string) => ({
  key,
  does: `does ${key}`,
  group: "Test",
  run: vi.fn<Shortcut["run"]>(),
});

afterEach(() => document.body.replaceChildren());

test("a key runs its shortcut until it is taken away", () => {
  const recheck = shortcut("r");
  const remove = keys.add([recheck]);
  expect(press("r").defaultPrevented).toBe(true);
  remove();
  press("r");
  expect(recheck.run).toHaveBeenCalledTimes(1);
});

test("a letter typed into a text box is a letter, Ctrl+K is still Ctrl+K", () => {
  const [recheck, find] = [shortcut("r"), shortcut("mod+k")];
  const remove = keys.add([recheck, find]);
  const box = document.body.appendChild(document.createElement("input"));
  press("r", {}, box);
  press("k", { ctrlKey: true }, box);
  expect(recheck.run).not.toHaveBeenCalled();
  expect(find.run).toHaveBeenCalledTimes(1);
  remove();
});

test("behind a dialog the screen is asleep", () => {
  const recheck = shortcut("r");
  const remove = keys.add([recheck]);
  document.body.appendChild(document.createElement("div")).setAttribute("role", "dialog");
  press("r");
  expect(recheck.run).not.toHaveBeenCalled();
  remove();
});

test("the newest meaning of a key wins", () => {
  const [older, newer] = [shortcut("enter"), shortcut("enter")];
  const removeOlder = keys.add([older]);
  const removeNewer = keys.add([newer]);
  press("Enter");
  removeNewer();
  press("Enter");
  expect([newer.run.mock.calls.length, older.run.mock.calls.length]).toEqual([1, 1]);
  removeOlder();
});

test("keys are named and printed as people know them", () => {
  expect(name(new KeyboardEvent("keydown", { key: "K", ctrlKey: true }))).toBe("mod+k");
  expect(name(new KeyboardEvent("keydown", { key: "ArrowLeft", altKey: true }))).toBe(
    "alt+arrowleft",
  );
  expect(printed("mod+k")).toBe("Ctrl K");
  expect(printed(" ")).toBe("Space");
  expect(printed("alt+arrowleft")).toBe("Alt ←");
});
