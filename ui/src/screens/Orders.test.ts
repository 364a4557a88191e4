import { render, screen, waitFor } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { app, filterOf, place } from "../app.svelte";
import type { OrderRow } from "../bindings";
import { clock } from "../clock.svelte";
import { keys } from "../keys.svelte";
import Orders from "./Orders.svelte";
import { actions } from "./orders/actions.svelte";
import { doing, lists, NOW, page, preview, program, row, rows } from "./orders/samples";

addEventListener("keydown", (event) => keys.press(event));

const options = () =>
  screen
    .queryAllByRole("option")
    .filter((option) => option.closest('[role="listbox"]'))
    .map((option) => /SO-\d+/.exec(option.textContent)?.[0]);
const option = (number: string) =>
  screen
    .getAllByRole("option")
    .find((each) => each.textContent.includes(number) && each.closest('[role="listbox"]'));

function world(orders: OrderRow[]) {
  const frozen = lists(orders);
  const answers = {
    ...frozen,
    order: (args: Record<string, unknown>) => page(args["number"] as string),
    preview: () => preview(),
    act: () => doing(),
  };
  const calls = program(answers);
  const of = (command: string) => calls.filter((call) => call.command === command);
  return { frozen, calls, of, user: userEvent.setup() };
}

const changed = () => {
  app.changes.orders += 1;
};

beforeEach(() => {
  clock.follow({ time: NOW, speed: 0 });
  app.where = place("orders");
  app.doing = null;
  app.toasts = [];
  actions.leave();
  actions.dismiss();
});

test("the first order is shown beside the list; J and K go on to others", async () => {
  const { user } = world(rows(3));
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-1" });
  await user.keyboard("j");
  await screen.findByRole("region", { name: "Order SO-2" });
  await user.keyboard("k");
  await screen.findByRole("region", { name: "Order SO-1" });
});

test("with rows selected the order stays, and what is new is offered", async () => {
  const orders = rows(3);
  const { user } = world(orders);
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-1" });
  await user.keyboard("j ");
  await screen.findByText("1 selected");

  orders.unshift(row("SO-900"));
  changed();
  await screen.findByText("1 new");
  expect(options()).toEqual(["SO-1", "SO-2", "SO-3"]);
  await user.click(screen.getByRole("button", { name: "Show" }));
  await waitFor(() => expect(options()).toEqual(["SO-900", "SO-1", "SO-2", "SO-3"]));
  expect(option("SO-2")).toHaveAttribute("aria-selected", "true");
});

test("without anything in hand it follows quietly", async () => {
  const orders = rows(3);
  const { user } = world(orders);
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-1" });
  await user.keyboard("j");
  orders.unshift(row("SO-900"));
  changed();
  await waitFor(() => expect(options()).toEqual(["SO-900", "SO-1", "SO-2", "SO-3"]));
  expect(screen.getByRole("region", { name: "Order SO-2" })).toBeInTheDocument();
  await user.keyboard("j");
  await screen.findByRole("region", { name: "Order SO-3" });
});

test("the order that someone looks at is not taken away, until they go on", async () => {
  const orders = rows(3);
  const { user } = world(orders);
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-1" });
  await user.keyboard("j");
  orders[1] = { ...row("SO-2"), owner: null, state_title: "At the warehouse" };
  changed();
  await screen.findByText("1 is no longer here");
  expect(options()).toEqual(["SO-1", "SO-2", "SO-3"]);
  await waitFor(() => expect(option("SO-2")).toHaveTextContent("At the warehouse"));
  await user.keyboard("j");
  changed();
  await waitFor(() => expect(options()).toEqual(["SO-1", "SO-3"]));
  expect(screen.getByRole("region", { name: "Order SO-3" })).toBeInTheDocument();
});

test("being at the order itself counts as looking at it", async () => {
  const orders = rows(2);
  const { user } = world(orders);
  render(Orders);
  await user.click(await screen.findByRole("button", { name: "Note…" }));
  await user.keyboard("{Escape}");
  orders[0] = { ...row("SO-1"), owner: null };
  changed();
  await screen.findByText("1 is no longer here");
  expect(screen.getByRole("region", { name: "Order SO-1" })).toBeInTheDocument();
});

test("what is selected and gone is not acted on after the list was taken anew", async () => {
  const orders = rows(3);
  const { user } = world(orders);
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-1" });
  await user.keyboard(" j ");
  await screen.findByText("2 selected");
  orders[0] = { ...row("SO-1"), owner: null };
  changed();
  await screen.findByText("1 is no longer here");
  await user.click(screen.getByRole("button", { name: "Refresh the list" }));
  await screen.findByText("1 selected");
});

test("R asks about the selection, or else about the order under the cursor", async () => {
  const { user, of } = world(rows(3));
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-1" });
  await user.keyboard("jr");
  await screen.findByRole("dialog");
  // The order's own buttons ask as well, what they may do.
  const asked = () => of("preview").map(({ args }) => args);
  expect(asked()).toContainEqual({ act: "recheck", which: { numbers: ["SO-2"] } });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("ar");
  await screen.findByRole("dialog");
  expect(asked()).toContainEqual({ act: "recheck", which: { list: 1 } });
  expect(of("act")).toEqual([]);
});

test("a letter typed into the find box is a letter", async () => {
  const { user, of } = world(rows(3));
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-1" });
  await user.keyboard("/");
  await user.keyboard("SO-3r");
  expect(screen.getByLabelText("Find in this list")).toHaveValue("SO-3r");
  expect(screen.queryByRole("dialog")).toBeNull();
  await screen.findByText("No order matches");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(options()).toHaveLength(3));
  expect(of("open_list").at(-1)?.args).toEqual({ filter: filterOf("needs_you") });
});

test("a list the program has let go of is opened anew", async () => {
  const orders = rows(3);
  const { frozen, of, user } = world(orders);
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-1" });
  await user.keyboard("j ");
  frozen.forget();
  orders.push(row("SO-4"));
  changed();
  await waitFor(() => expect(options()).toContain("SO-4"));
  expect(of("open_list").length).toBeGreaterThan(1);
});

test("the order that was asked for is shown, whatever the list has", async () => {
  app.where = place("orders", { number: "SO-77" });
  world(rows(3));
  render(Orders);
  await screen.findByRole("region", { name: "Order SO-77" });
  await waitFor(() => expect(options()).toHaveLength(3));
  expect(screen.getByRole("region", { name: "Order SO-77" })).toBeInTheDocument();
});

test("a list that cannot be read says why and can be tried again", async () => {
  const answers = { ...lists(rows(2)), order: () => page("SO-1"), preview: () => preview() };
  const working = answers.open_list;
  answers.open_list = () => {
    throw { code: "internal", message: "The data folder cannot be read.", field: null };
  };
  program(answers);
  render(Orders);
  expect(await screen.findByRole("alert")).toHaveTextContent("The data folder cannot be read.");
  answers.open_list = working;
  await userEvent.setup().click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(options()).toHaveLength(2));
});

test("the tab that the program leaves out is not shown", async () => {
  world(rows(1));
  render(Orders);
  await screen.findByRole("tab", { name: /Needs you/ });
  expect(screen.queryByRole("tab", { name: /Despatched/ })).toBeNull();
});
