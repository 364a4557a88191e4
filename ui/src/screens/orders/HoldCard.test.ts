import { render, screen, within } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { app } from "../../app.svelte";
import type { HoldCard } from "../../bindings";
import { clock } from "../../clock.svelte";
import Card from "./HoldCard.svelte";
import { card, NOW, offer, program } from "./samples";

function show(more: Partial<HoldCard>) {
  const heard = {
    onhand: vi.fn(),
    onrecheck: vi.fn(),
    onopencin7: vi.fn(),
    onask: vi.fn(),
    onsettle: vi.fn(),
  };
  render(Card, { number: "SO-1", card: card(more), ...heard });
  return { user: userEvent.setup(), ...heard };
}

beforeEach(() => {
  clock.follow({ time: NOW, speed: 0 });
  app.toasts = [];
});

test("says what is wrong, where, and which characters", () => {
  show({});
  const article = screen.getByRole("article", { name: "SKU has characters Whistl rejects" });
  expect(article).toHaveTextContent("Whistl takes letters and digits only. Change the SKU");
  expect(article).toHaveTextContent("Order → Lines → 2 → SKU");
  expect([...article.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["-", "_"]);
  expect(article).toHaveTextContent("hyphen in place 5");
});

test("a fix that the sentence names already is not said twice", () => {
  show({ sentence: "Ring them. Then wait.", fix: "Then wait." });
  expect(screen.getAllByText(/Then wait/)).toHaveLength(1);
  expect(screen.getByText(/Then wait/).textContent).toBe("Ring them. Then wait.");
});

test("what Whistl lists is mapped with one press, and what follows is told", async () => {
  const calls = program({
    save_map: () => ({
      text: "Saved. 3 orders are being checked again.",
      waiting: 3,
      warnings: ["Two others use it."],
    }),
  });
  const { user } = show({
    offers: [offer("map_sku", { label: "Map to this", from: "ITEM-01_BLUE", to: "ITEM01BLUE" })],
  });
  expect(screen.getByText("Known at Whistl")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: /^Map to this/ }));
  expect(calls).toEqual([
    {
      command: "save_map",
      args: {
        kind: "sku",
        from: "ITEM-01_BLUE",
        to: "ITEM01BLUE",
        reason: "Set on the hold of SO-1",
      },
    },
  ]);
  expect(app.toasts.map(({ text, tone }) => [tone, text])).toEqual([
    ["ok", "Saved. 3 orders are being checked again."],
    ["warn", "Two others use it."],
  ]);
});

test("a service is chosen among Whistl's, never guessed", async () => {
  const calls = program({
    maps: () => ({
      kind: "service",
      unmapped: [],
      entries: [],
      choices: [{ code: "WHI_EXP", name: "Express" }],
      counts: [],
      read_at: null,
    }),
    save_map: () => ({ text: "Saved.", waiting: 0, warnings: [] }),
  });
  const { user } = show({ offers: [offer("choose_service", { from: "Express Delivery" })] });
  const choice = screen.getByLabelText("Whistl service");
  await within(choice).findByRole("option", { name: "Express (WHI_EXP)" });
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByRole("alert")).toHaveTextContent("Choose a service first.");
  await user.selectOptions(choice, "WHI_EXP");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(calls.at(-1)?.args).toMatchObject({
    kind: "service",
    from: "Express Delivery",
    to: "WHI_EXP",
  });
});

test("what is wrong with a mapping stands beside it", async () => {
  program({
    save_map: () => {
      throw { code: "map_invalid", message: "“A-1” cannot be a Whistl SKU.", field: "to" };
    },
  });
  const { user } = show({ offers: [offer("map_sku", { from: "KETTLE17" })] });
  const box = screen.getByLabelText("SKU at Whistl");
  await user.type(box, "A-1{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("“A-1” cannot be a Whistl SKU.");
  expect(box).toHaveAttribute("aria-invalid", "true");
  expect(app.toasts).toEqual([]);
});

test("the other offers do what they say", async () => {
  const { user, onopencin7, onrecheck, onask } = show({
    offers: [
      offer("open_cin7", { label: "Open in Cin7 Core" }),
      offer("recheck", { label: "Check again" }),
      offer("ask_warehouse", { label: "Ask the warehouse" }),
    ],
  });
  await user.click(screen.getByRole("button", { name: "Open in Cin7 Core" }));
  await user.click(screen.getByRole("button", { name: "Check again" }));
  await user.click(screen.getByRole("button", { name: "Ask the warehouse" }));
  for (const heard of [onopencin7, onrecheck, onask]) expect(heard).toHaveBeenCalledOnce();
});

test("what was to be decided is said to be settled, by keyboard", async () => {
  const { user, onsettle, onask } = show({
    code: "despatch_short",
    offers: [offer("settle", { label: "Settled…" })],
  });
  screen.getByRole("button", { name: "Settled…" }).focus();
  await user.keyboard("{Enter}");
  expect(onsettle).toHaveBeenCalledOnce();
  expect(onask).not.toHaveBeenCalled();
});

test("its owner hands it on, by keyboard", async () => {
  const { user, onhand } = show({});
  screen.getByRole("button", { name: "SO-1 is with Office. Hand to…" }).focus();
  await user.keyboard("{Enter}");
  expect(screen.getByRole("menuitemradio", { name: "Office" })).toHaveFocus();
  await user.keyboard("{ArrowDown}{Enter}");
  expect(onhand).toHaveBeenCalledExactlyOnceWith("warehouse");
  expect(screen.queryByRole("menu")).toBeNull();
});
