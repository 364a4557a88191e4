import { render, screen } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { app, filterOf, place } from "../app.svelte";
import type { Found } from "../bindings";
import Palette from "./Palette.svelte";
import { mockIPC } from "../../test-bridge";

const order = (number: string, detail = ""): Found => ({
  kind: "order",
  title: number,
  detail,
  tone: "stop",
  go: place("orders", { filter: filterOf("needs_you"), number }),
});

/** The program, answering `find` when told to. */
function program() {
  const asked: { text: string; answer: (found: Found[]) => void }[] = [];
  mockIPC((command, args) => {
    if (command !== "find") return null;
    return new Promise((answer) => asked.push({ text: (args as { text: string }).text, answer }));
  });
  return asked;
}
const open = () => {
  app.palette = true;
  render(Palette);
  return screen.findByRole("combobox");
};
const chosen = () => screen.getByRole("option", { selected: true }).textContent.trim();

beforeEach(() => (app.where = place("today")));

test("an order found is opened by Enter, in its list", async () => {
  const asked = program();
  const user = userEvent.setup();
  await user.type(await open(), "10482");
  await vi.waitFor(() => expect(asked.at(-1)?.text).toBe("10482"));
  asked.at(-1)?.answer([order("SO-10482", "Harriet Okafor")]);
  await screen.findByRole("option", { name: /SO-10482 Harriet Okafor/ });
  await user.keyboard("{Enter}");
  await vi.waitFor(() => expect(app.where.number).toBe("SO-10482"));
  expect(app.palette).toBe(false);
});

test("a screen is found by the beginning of its name, before the program answers", async () => {
  program();
  const user = userEvent.setup();
  await user.type(await open(), "act");
  expect(chosen()).toBe("Activity");
  await user.keyboard("{Enter}");
  await vi.waitFor(() => expect(app.where.screen).toBe("activity"));
});

test("what the cursor is on stays under it when answers come", async () => {
  const asked = program();
  const user = userEvent.setup();
  await user.type(await open(), "s");
  await user.keyboard("{ArrowDown}");
  const before = chosen();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer([order("SO-1"), order("SO-2")]);
  await screen.findByRole("option", { name: /SO-1/ });
  expect(chosen()).toBe(before);
});

test("a late answer to an earlier text is dropped", async () => {
  const asked = program();
  const user = userEvent.setup();
  const box = await open();
  await user.type(box, "10");
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await user.type(box, "9");
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.answer([order("SO-109")]);
  await screen.findByRole("option", { name: /SO-109/ });
  asked[0]?.answer([order("SO-10")]);
  await new Promise((done) => setTimeout(done));
  expect(screen.queryByRole("option", { name: /SO-10$/ })).toBeNull();
});

test("two of one name are both shown", async () => {
  const asked = program();
  await userEvent.setup().type(await open(), "1048");
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer([order("SO-10482", "Harriet Okafor"), order("SO-10482", "Tom Brightwell")]);
  await screen.findByRole("option", { name: /Harriet Okafor/ });
  expect(screen.getByRole("option", { name: /Tom Brightwell/ })).toBeVisible();
});

test("nothing found says so, and what to try", async () => {
  const asked = program();
  await userEvent.setup().type(await open(), "zzz");
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer([]);
  expect(await screen.findByText("Nothing is called “zzz”.")).toBeVisible();
});

test("a program that cannot look says why", async () => {
  mockIPC((command) => {
    if (command === "find") throw { code: "store", message: "The disk is full.", field: null };
  });
  await userEvent.setup().type(await open(), "zzz");
  expect(await screen.findByRole("alert")).toHaveTextContent("The disk is full.");
});

test("Escape leaves without going anywhere", async () => {
  program();
  await open();
  await userEvent.setup().keyboard("{Escape}");
  expect(app.palette).toBe(false);
  expect(app.where.screen).toBe("today");
});
