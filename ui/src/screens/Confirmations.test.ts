import { render, screen, waitFor } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { app, place } from "../app.svelte";
import type { ConfirmationPage, ConfirmationRow, ConfirmationsFilter } from "../bindings";
import { clock } from "../clock.svelte";
import { keys } from "../keys.svelte";
import Confirmations from "./Confirmations.svelte";
import { NOW, opened, page, row } from "./confirmations/samples";
import Despatches from "./orders/Despatches.svelte";
import { preview, program } from "./orders/samples";

addEventListener("keydown", (event) => keys.press(event));

const ids = () =>
  screen
    .queryAllByRole("option")
    .filter((option) => option.closest('[role="listbox"]'))
    .map((option) => /DSP-\d/.exec(option.textContent)?.[0]);

function world(rows: ConfirmationRow[], pages: Record<string, Partial<ConfirmationPage>> = {}) {
  const lists = new Map<number, string[]>();
  const here = () => rows.filter((each) => each.state === "exception");
  const of = (id: unknown) => {
    const found = rows.find((each) => each.despatch_id === id);
    if (!found) throw new Error(`no ${String(id)}`);
    return found;
  };
  const answers = {
    open_confirmations: (args: Record<string, unknown>) => {
      const { find } = args["filter"] as ConfirmationsFilter;
      const shown = here().filter(({ despatch_id }) => !find || despatch_id.includes(find));
      lists.set(
        lists.size + 1,
        shown.map(({ despatch_id }) => despatch_id),
      );
      return opened(lists.size, shown.length);
    },
    confirmation_rows: (args: Record<string, unknown>) => {
      const from = args["from"] as number;
      return (lists.get(args["list"] as number) ?? [])
        .slice(from, from + (args["count"] as number))
        .map((id) => ({ ...of(id) }));
    },
    confirmation_news: (args: Record<string, unknown>) => {
      const then = lists.get(args["list"] as number) ?? [];
      const now = here().map(({ despatch_id }) => despatch_id);
      return {
        new: now.filter((id) => !then.includes(id)).length,
        gone: then.filter((id) => !now.includes(id)).length,
      };
    },
    confirmation: (args: Record<string, unknown>) =>
      page(of(args["id"]), pages[String(args["id"])]),
    confirmation_preview: (args: Record<string, unknown>) =>
      preview({
        title: `${String(args["act"])} ${String(args["id"])}?`,
        effect: ["Cin7 Core is told what is missing there."],
        button: "Do it",
        needs_reason: args["act"] === "leave_alone",
      }),
    confirmation_act: () => ({ text: "Done." }),
    open_tracking: () => null,
  };
  const calls = program(answers);
  return {
    user: userEvent.setup(),
    asked: (command: string) => calls.filter((call) => call.command === command),
  };
}

const changed = () => {
  app.changes.orders += 1;
};

beforeEach(() => {
  clock.follow({ time: NOW, speed: 0 });
  app.where = place("confirmations");
  app.toasts = [];
});

test("the first is shown beside the list; J goes on, R asks before anything is told", async () => {
  const { user, asked } = world([row("DSP-1"), row("DSP-2")]);
  render(Confirmations);
  await screen.findByText("What is wrong with DSP-1.");
  await user.keyboard("j");
  await screen.findByText("What is wrong with DSP-2.");
  await user.keyboard("r");
  await screen.findByRole("dialog", { name: "retry DSP-2?" });
  expect(asked("confirmation_act")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Do it" }));
  await waitFor(() => expect(app.toasts.map(({ text }) => text)).toEqual(["Done."]));
  expect(asked("confirmation_act")[0]?.args).toEqual({ act: "retry", id: "DSP-2", why: "" });
});

test("leaving one as it is wants a reason", async () => {
  const { user, asked } = world([row("DSP-1")]);
  render(Confirmations);
  await user.click(await screen.findByRole("button", { name: "Leave as it is…" }));
  await screen.findByRole("dialog");
  await user.click(screen.getByRole("button", { name: "Do it" }));
  await screen.findByText("Say why in a few words.");
  expect(asked("confirmation_act")).toEqual([]);
  await user.type(screen.getByLabelText("Why"), "By hand");
  await user.click(screen.getByRole("button", { name: "Do it" }));
  await waitFor(() => expect(asked("confirmation_act")).toHaveLength(1));
  expect(asked("confirmation_act")[0]?.args["why"]).toBe("By hand");
});

test("the despatch someone looks at is not taken away, and shows where it stands now", async () => {
  const rows = [row("DSP-1"), row("DSP-2")];
  const { user } = world(rows);
  render(Confirmations);
  await screen.findByText("What is wrong with DSP-1.");
  await user.keyboard("j");
  rows[1] = row("DSP-2", { state: "waiting", state_title: "Cin7 Core is told next", owner: null });
  changed();
  await screen.findByText("1 is no longer here");
  expect(ids()).toEqual(["DSP-1", "DSP-2"]);
  await waitFor(() =>
    expect(screen.getAllByText("Cin7 Core is told next").length).toBeGreaterThan(0),
  );
});

test("without anything in hand it follows quietly", async () => {
  const rows = [row("DSP-1")];
  world(rows);
  render(Confirmations);
  await screen.findByText("What is wrong with DSP-1.");
  rows.push(row("DSP-2"));
  changed();
  await waitFor(() => expect(ids()).toEqual(["DSP-1", "DSP-2"]));
});

test("the despatch that was asked for from elsewhere is what is shown", async () => {
  world([row("DSP-1"), row("DSP-2")]);
  app.where = place("confirmations", {
    confirmations: { tab: "needs_you", owner: "office", find: null },
    number: "DSP-2",
  });
  render(Confirmations);
  await screen.findByText("What is wrong with DSP-2.");
});

test("nothing wrong says so, and when that was seen", async () => {
  world([]);
  render(Confirmations);
  expect(await screen.findByText("Cin7 Core knows of everything that left")).toBeVisible();
  expect(screen.getByText("Last checked 20 s ago.")).toBeVisible();
});

const AGAIN = "At 14:20 the warehouse sent DSP-1 again with other content: 3 MUGSET2 instead of 2.";

test("a despatch that came again with other content says what differs, on its order", () => {
  render(Despatches, { despatches: [page(row("DSP-1"), { came_again: [AGAIN] })] });
  expect(screen.getByText(AGAIN)).toBeVisible();
});

test("and beside the list, each time that it came", async () => {
  const later = AGAIN.replace("14:20", "14:40");
  const { user } = world([row("DSP-1"), row("DSP-2")], { "DSP-1": { came_again: [AGAIN, later] } });
  render(Confirmations);
  expect(await screen.findByText(AGAIN)).toBeVisible();
  expect(screen.getByText(later)).toBeVisible();
  await user.keyboard("j");
  await screen.findByText("What is wrong with DSP-2.");
  expect(screen.queryByText(AGAIN)).toBeNull();
});

test("an order shows what left, what will not come, and leads to the confirmation", async () => {
  const { user, asked } = world([row("DSP-1")]);
  const short = page(row("DSP-1"), {
    lines: [{ sku: "MUGSET2", quantity: "1", cancelled: "2", why: "short pick" }],
  });
  render(Despatches, { despatches: [short] });
  expect(screen.getByText("2 will not come, the warehouse says: short pick")).toBeVisible();
  expect(screen.getByText("1594")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Follow 1594 in the browser" }));
  expect(asked("open_tracking")[0]?.args).toEqual({ id: "DSP-1", parcel: 1 });
  await user.click(screen.getByRole("button", { name: /^Show how far/ }));
  expect(app.where).toEqual(place("confirmations", { number: "DSP-1" }));
});
