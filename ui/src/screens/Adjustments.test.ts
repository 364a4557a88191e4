import { render, screen, waitFor } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { app, place } from "../app.svelte";
import type { AdjustmentRow, AdjustmentsFilter } from "../bindings";
import { clock } from "../clock.svelte";
import { keys } from "../keys.svelte";
import Adjustments from "./Adjustments.svelte";
import { under } from "./adjustments/list.svelte";
import { NOW, opened, page, posted, row } from "./adjustments/samples";
import { preview, program } from "./orders/samples";

addEventListener("keydown", (event) => keys.press(event));

const ids = () =>
  screen
    .queryAllByRole("option")
    .filter((option) => option.closest('[role="listbox"]'))
    .map((option) => /ADJ-\d/.exec(option.textContent)?.[0]);

function world(rows: AdjustmentRow[]) {
  const lists = new Map<number, string[]>();
  const fits = (filter: AdjustmentsFilter) =>
    rows.filter(
      ({ id, sku, settled_at }) =>
        (filter.tab === "all" || (filter.tab === "needs_you") === (settled_at === null)) &&
        (!filter.find || `${id} ${sku}`.includes(filter.find)),
    );
  const of = (id: unknown) => {
    const found = rows.find((each) => each.id === id);
    if (!found) throw new Error(`no ${String(id)}`);
    return found;
  };
  let last: AdjustmentsFilter = under("all");
  const answers = {
    open_adjustments: (args: Record<string, unknown>) => {
      last = args["filter"] as AdjustmentsFilter;
      const shown = fits(last);
      lists.set(
        lists.size + 1,
        shown.map(({ id }) => id),
      );
      const tabs = opened(0, rows).tabs;
      return opened(lists.size, shown, { tabs });
    },
    adjustment_rows: (args: Record<string, unknown>) => {
      const from = args["from"] as number;
      return (lists.get(args["list"] as number) ?? [])
        .slice(from, from + (args["count"] as number))
        .map((id) => ({ ...of(id) }));
    },
    adjustment_news: (args: Record<string, unknown>) => {
      const then = lists.get(args["list"] as number) ?? [];
      const now = fits(last).map(({ id }) => id);
      return {
        new: now.filter((id) => !then.includes(id)).length,
        gone: then.filter((id) => !now.includes(id)).length,
      };
    },
    adjustment: (args: Record<string, unknown>) => {
      const row = of(args["id"]);
      return page(row, row.state_title === "Unknown SKU" ? { map: "sku" } : {});
    },
    adjustment_preview: (args: Record<string, unknown>) =>
      preview({
        title: `${String(args["act"])} ${String(args["id"])}?`,
        effect: ["In Cin7 Core the stock of TEAPOT04 falls by 18 units."],
        button: "Do it",
        needs_reason: args["act"] === "dismiss" || args["act"] === "already",
      }),
    adjustment_act: () => ({ text: "Done." }),
  };
  const calls = program(answers);
  return {
    user: userEvent.setup(),
    asked: (command: string) => calls.filter((call) => call.command === command),
  };
}

const changed = () => {
  app.changes.stock += 1;
};

beforeEach(() => {
  clock.follow({ time: NOW, speed: 0 });
  app.where = place("adjustments");
  app.toasts = [];
});

test("the inbox stands above the history, with what was posted from where to where", async () => {
  world([row("ADJ-1"), posted("ADJ-2")]);
  render(Adjustments);
  await screen.findByText("What is to be known of ADJ-1.");
  expect(ids()).toEqual(["ADJ-1", "ADJ-2"]);
  expect(screen.getByText("Needs approval: above a limit")).toBeVisible();
  expect(screen.getByText("Settled today")).toBeVisible();
  expect(screen.getByText("34 → 30")).toBeVisible();
  expect(screen.getByText("SW-00012")).toBeVisible();
  expect(screen.getAllByText("−£297.00").length).toBeGreaterThan(0);
});

test("A asks with the exact effect before anything is posted", async () => {
  const { user, asked } = world([row("ADJ-1"), row("ADJ-2")]);
  render(Adjustments);
  await screen.findByText("What is to be known of ADJ-1.");
  await user.keyboard("j");
  await screen.findByText("What is to be known of ADJ-2.");
  await user.keyboard("a");
  await screen.findByRole("dialog", { name: "approve ADJ-2?" });
  expect(screen.getByText(/falls by 18 units/)).toBeVisible();
  expect(asked("adjustment_act")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Do it" }));
  await waitFor(() => expect(app.toasts.map(({ text }) => text)).toEqual(["Done."]));
  expect(asked("adjustment_act")[0]?.args).toEqual({ act: "approve", id: "ADJ-2", why: "" });
});

test("setting one aside wants a reason, whichever way", async () => {
  const { user, asked } = world([row("ADJ-1")]);
  render(Adjustments);
  for (const [button, act] of [
    ["Dismiss…", "dismiss"],
    ["Already in Cin7 Core…", "already"],
  ] as const) {
    await user.click(await screen.findByRole("button", { name: button }));
    await screen.findByRole("dialog");
    await user.click(screen.getByRole("button", { name: "Do it" }));
    await screen.findByText("Say why in a few words.");
    await user.type(screen.getByLabelText("Why"), "Receipt PO-12");
    await user.click(screen.getByRole("button", { name: "Do it" }));
    await waitFor(() =>
      expect(asked("adjustment_act").at(-1)?.args).toEqual({
        act,
        id: "ADJ-1",
        why: "Receipt PO-12",
      }),
    );
  }
});

test("an unknown SKU leads to its map, and every adjustment to its entries in the log", async () => {
  const failed = { state: "failed", state_title: "Unknown SKU", tone: "stop" } as const;
  const { user } = world([row("ADJ-1", failed)]);
  render(Adjustments);
  expect(await screen.findByRole("button", { name: "Retry" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Map the SKU" }));
  expect(app.where).toEqual(place("mappings", { section: "sku" }));
  await user.click(screen.getByRole("button", { name: "In Activity" }));
  expect(app.where).toEqual(place("activity", { number: "ADJ-1" }));
});

test("the adjustment someone looks at is not taken away, and shows where it stands now", async () => {
  const rows = [row("ADJ-1"), row("ADJ-2")];
  const { user } = world(rows);
  app.where = place("adjustments", { adjustments: under("needs_you") });
  render(Adjustments);
  await screen.findByText("What is to be known of ADJ-1.");
  await user.keyboard("j");
  rows[1] = posted("ADJ-2");
  changed();
  await screen.findByText("1 is no longer here");
  expect(ids()).toEqual(["ADJ-1", "ADJ-2"]);
  await waitFor(() => expect(screen.getAllByText(/^Posted/).length).toBeGreaterThan(0));
});

test("without anything in hand it follows quietly", async () => {
  const rows = [row("ADJ-1")];
  world(rows);
  render(Adjustments);
  await screen.findByText("What is to be known of ADJ-1.");
  rows.push(row("ADJ-2"));
  changed();
  await waitFor(() => expect(ids()).toEqual(["ADJ-1", "ADJ-2"]));
});

test("the adjustment that was asked for from elsewhere is what is shown", async () => {
  world([row("ADJ-1"), row("ADJ-2")]);
  app.where = place("adjustments", {
    adjustments: under("needs_you", { owner: "finance" }),
    number: "ADJ-2",
  });
  render(Adjustments);
  await screen.findByText("What is to be known of ADJ-2.");
});

test("narrowed by SKU, reason and day, each keeps the others; nothing found offers to clear", async () => {
  const { user, asked } = world([row("ADJ-1"), posted("ADJ-2")]);
  render(Adjustments);
  await screen.findByText("What is to be known of ADJ-1.");
  const filter = () => asked("open_adjustments").at(-1)?.args["filter"];
  await user.selectOptions(screen.getByLabelText("Reason"), "found");
  await waitFor(() => expect(filter()).toEqual(under("all", { reason: "found" })));
  await user.type(screen.getByLabelText("Find a SKU or document"), "nothing like it");
  await screen.findByText("No stock adjustment matches");
  expect(screen.getByText(/reason found, “nothing like it”/)).toBeVisible();
  await user.click(screen.getAllByRole("button", { name: "Clear the filter" })[0] as HTMLElement);
  await waitFor(() => expect(filter()).toEqual(under("all")));
});

test("nothing yet and nothing wrong are two things; with a history it says that all is in order", async () => {
  world([]);
  const nothing = render(Adjustments);
  expect(await screen.findByText("The warehouse has counted nothing yet")).toBeVisible();
  expect(screen.getByRole("button", { name: "Look now" })).toBeVisible();
  nothing.unmount();

  world([posted("ADJ-1")]);
  const history = render(Adjustments);
  expect(await screen.findByText("Nothing needs anyone.")).toBeVisible();
  expect(screen.getByText("Last checked 20 s ago.")).toBeVisible();
  history.unmount();

  world([posted("ADJ-1")]);
  app.where = place("adjustments", { adjustments: under("needs_you") });
  render(Adjustments);
  expect(await screen.findByText("All in order: nothing needs anyone")).toBeVisible();
});
