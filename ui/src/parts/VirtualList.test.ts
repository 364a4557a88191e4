import { render, screen, waitFor } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { tick } from "svelte";
import { SvelteSet } from "svelte/reactivity";
import { expect, test, vi } from "vitest";

import List from "./ListOfOrders.test.svelte";

const order = (index: number, text = "") => ({ number: `SO-${index}`, text });
const answering = (text = "") =>
  vi.fn((from: number, count: number) =>
    Promise.resolve(Array.from({ length: count }, (_, at) => order(from + at, text))),
  );
const options = () => screen.getAllByRole("option");
const list = () => screen.getByRole("listbox", { name: "Orders" });
const cursor = () => {
  const id = list().getAttribute("aria-activedescendant");
  return id ? document.getElementById(id)?.textContent?.trim() : null;
};

test("of 100,000 rows only those in sight are on the page and asked for", async () => {
  const load = answering();
  render(List, { load });
  await screen.findByText(/SO-0\b/);
  expect(options().length).toBeLessThan(30);
  expect(load.mock.calls).toEqual([[0, 100]]);
  expect(options()[0]).toHaveAttribute("aria-setsize", "100000");
  expect(options()[0]).toHaveAttribute("aria-posinset", "1");
});

test("a wheel finds its rows there already; a drag asks for nothing but its end", async () => {
  const load = answering();
  render(List, { load });
  await screen.findByText(/SO-0\b/);
  const scrollTo = async (top: number) => {
    list().scrollTop = top;
    list().dispatchEvent(new Event("scroll"));
    await tick();
  };
  await scrollTo(55 * 10);
  for (const top of [72, 79, 86]) await scrollTo(55 * top);
  const inSight = options().map((each) => Number(each.getAttribute("aria-posinset")));
  expect(Math.max(...inSight)).toBeLessThanOrEqual(102);
  expect(load.mock.calls).toEqual([
    [0, 100],
    [100, 100],
  ]);
  for (const top of [20_000, 60_000, 90_000]) await scrollTo(55 * top);
  await screen.findByText(/SO-90000\b/);
  const asked = load.mock.calls.map(([from]) => from);
  expect(asked.slice(2).every((from) => from >= 89_900)).toBe(true);
});

test("J and K move, wherever on the screen the focus is; Enter opens", async () => {
  const onopen = vi.fn();
  render(List, { load: answering(), onopen });
  await screen.findByText(/SO-0\b/);
  const user = userEvent.setup();
  await user.keyboard("j");
  expect(list()).toHaveFocus();
  await user.keyboard("jjk");
  expect(cursor()).toContain("SO-1");
  await user.keyboard("{Enter}");
  expect(onopen).toHaveBeenLastCalledWith(order(1), 1);
});

test("End reaches the last of 100,000 rows, Home the first", async () => {
  render(List, { load: answering() });
  await screen.findByText(/SO-0\b/);
  const user = userEvent.setup();
  list().focus();
  await user.keyboard("{End}");
  await screen.findByText(/SO-99999/);
  await waitFor(() => expect(cursor()).toContain("SO-99999"));
  await user.keyboard("{PageUp}{ArrowUp}");
  await waitFor(() => expect(cursor()).toContain("SO-99989"));
  await user.keyboard("{Home}");
  await waitFor(() => expect(cursor()).toMatch(/SO-0\b/));
});

test("Space selects; Shift selects along the way; a click on the tick selects one more", async () => {
  const selected = new SvelteSet<string>();
  render(List, { load: answering(), selected });
  await screen.findByText(/SO-0\b/);
  const user = userEvent.setup();
  list().focus();
  await user.keyboard(" {Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  expect([...selected]).toEqual(["SO-0", "SO-1", "SO-2"]);
  const [tick] = options()[5]?.querySelectorAll("[data-tick]") ?? [];
  await user.click(tick as Element);
  expect(selected.has("SO-5")).toBe(true);
  expect(options()[5]).toHaveAttribute("aria-selected", "true");
  await user.keyboard(" ");
  expect(selected.has("SO-5")).toBe(false);
});

test("new contents change the rows where they stand: nothing moves, nothing is deselected", async () => {
  const selected = new SvelteSet(["SO-1"]);
  const { rerender } = render(List, { load: answering(), selected });
  await screen.findByText(/SO-0\b/);
  const user = userEvent.setup();
  list().focus();
  await user.keyboard("{ArrowDown}{ArrowDown}");
  list().scrollTop = 55;
  await rerender({ load: answering("sent"), selected, fresh: 1 });
  await screen.findByText(/SO-0 sent/);
  expect(
    options()
      .map((each) => each.getAttribute("aria-posinset"))
      .slice(0, 3),
  ).toEqual(["1", "2", "3"]);
  expect(cursor()).toContain("SO-2 sent");
  expect([...selected]).toEqual(["SO-1"]);
  expect(list().scrollTop).toBe(55);
});

test("another list begins at its top, without the old one's rows", async () => {
  const { rerender } = render(List, { load: answering("old") });
  await screen.findByText(/SO-0 old/);
  list().focus();
  await userEvent.setup().keyboard("{End}");
  await rerender({ load: answering("new"), list: 2, total: 3 });
  await screen.findByText(/SO-0 new/);
  expect(screen.queryByText(/old/)).toBeNull();
  expect(options()).toHaveLength(3);
  expect(cursor()).toBeNull();
});

test("groups are named with how many they hold", async () => {
  const groups = [
    { title: "Before today’s 16:00 cut-off", count: 4 },
    { title: "Later", count: 3 },
  ];
  render(List, { load: answering(), total: 7, groups });
  await screen.findByText(/SO-0\b/);
  expect(
    screen.getByRole("group", { name: "Later, 3" }).querySelectorAll("[role=option]"),
  ).toHaveLength(3);
});
