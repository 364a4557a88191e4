import { render, screen } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { Act, OrderPage } from "../../bindings";
import Foot from "./Foot.svelte";
import { page, preview, program } from "./samples";

const no = (why_not: string) => ({ allowed: false, why_not });

function show(more: Partial<OrderPage>, under: Act | null = null) {
  const onact = vi.fn();
  const onopencin7 = vi.fn();
  render(Foot, { page: page("SO-1", more), under, onact, onopencin7 });
  return { user: userEvent.setup(), onact, onopencin7 };
}

test("the effect stands there before the button is pressed", async () => {
  const calls = program({ preview: () => preview() });
  const { user, onact } = show({});
  await screen.findAllByText("It is read from Cin7 Core, checked, and sent to Whistl.");
  expect(calls).toEqual([
    { command: "preview", args: { act: "resend", which: { numbers: ["SO-1"] } } },
  ]);
  await user.click(screen.getByRole("button", { name: "Resend to Whistl" }));
  expect(onact).toHaveBeenCalledExactlyOnceWith("resend", true);
});

test("what fits comes first: recheck where it cannot be resent", () => {
  program({ preview: () => preview() });
  show({ resend: no("It waits already.") });
  expect(screen.getByRole("button", { name: "Recheck" })).toBeInTheDocument();
});

test("withdrawing is asked about first", async () => {
  program({ preview: () => preview() });
  const { user, onact } = show({
    resend: no("The warehouse has it."),
    recheck: no("The warehouse has it."),
    withdraw: { allowed: true, why_not: "" },
  });
  await user.click(screen.getByRole("button", { name: "Withdraw" }));
  expect(onact).toHaveBeenCalledExactlyOnceWith("withdraw", false);
});

test("what may not be done can be reached, says why, and does nothing", async () => {
  program({});
  const { user, onact } = show({
    resend: no("Its last sending is being cleared up with Whistl first."),
    recheck: no("Its last sending is being cleared up with Whistl first."),
  });
  const button = screen.getByRole("button", { name: "Resend to Whistl" });
  expect(button).toHaveAccessibleDescription(
    "Its last sending is being cleared up with Whistl first.",
  );
  expect(button).toHaveAttribute("aria-disabled", "true");
  await user.tab();
  expect(button).toHaveFocus();
  await user.keyboard("{Enter}");
  await user.click(button);
  expect(onact).not.toHaveBeenCalled();
});

test("the others are in the menu, with why not", async () => {
  program({ preview: () => preview() });
  const { user, onact } = show({});
  await user.click(screen.getByRole("button", { name: "More for SO-1" }));
  const release = screen.getByRole("menuitem", { name: /Release/ });
  expect(release).toHaveTextContent("Whistl itself would refuse it.");
  await user.click(release);
  expect(onact).not.toHaveBeenCalled();
  await user.click(screen.getByRole("menuitem", { name: "Recheck" }));
  expect(onact).toHaveBeenCalledExactlyOnceWith("recheck", false);
});

test("while something is being done to it nothing else is", () => {
  program({ preview: () => preview() });
  show({}, "resend");
  expect(screen.getByRole("button", { name: "Resend to Whistl" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("an order whose page in Cin7 Core is not known says so", () => {
  program({ preview: () => preview() });
  show({ open_cin7: false });
  expect(screen.getByRole("button", { name: "Open in Cin7 Core" })).toHaveAccessibleDescription(
    /does not know this order's page/,
  );
});
