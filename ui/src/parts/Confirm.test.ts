import { render, screen, within } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import Confirm from "./Confirm.svelte";

const resend = {
  title: "Resend 4 orders",
  effect: ["4 orders are checked again.", "What passes goes to Whistl."],
  button: "Resend 4 orders",
  count: 5,
  allowed: 4,
  refused: [{ number: "SO-10455", why: "It is at the warehouse." }],
  needs_reason: false,
};
const shown = (more = {}) => {
  const heard = { onconfirm: vi.fn(), onleave: vi.fn() };
  render(Confirm, { preview: { ...resend, ...more }, ...heard });
  return { user: userEvent.setup(), ...heard };
};

test("shows the effect, what is left out and why, and the button repeats the verb", () => {
  shown();
  const dialog = within(screen.getByRole("dialog", { name: "Resend 4 orders" }));
  expect(dialog.getByText("What passes goes to Whistl.")).toBeVisible();
  expect(dialog.getByText("Left out: 1 order")).toBeVisible();
  expect(dialog.getByText(/It is at the warehouse/)).toBeVisible();
  expect(dialog.getByRole("button", { name: "Resend 4 orders" })).toBeEnabled();
});

test("Escape leaves, and nothing is confirmed", async () => {
  const { user, onconfirm, onleave } = shown();
  await user.keyboard("{Escape}");
  expect(onleave).toHaveBeenCalledTimes(1);
  expect(onconfirm).not.toHaveBeenCalled();
});

test("confirms once pressed", async () => {
  const { user, onconfirm } = shown();
  await user.click(screen.getByRole("button", { name: "Resend 4 orders" }));
  expect(onconfirm).toHaveBeenCalledExactlyOnceWith("");
});

test("asks for a reason where one is needed, beside its field", async () => {
  const { user, onconfirm } = shown({ needs_reason: true });
  await user.click(screen.getByRole("button", { name: "Resend 4 orders" }));
  const box = screen.getByRole("textbox", { name: "Why" });
  expect(box).toHaveAccessibleDescription(/Say why/);
  expect(onconfirm).not.toHaveBeenCalled();
  await user.type(box, "  asked by the warehouse {Enter}");
  expect(onconfirm).toHaveBeenCalledExactlyOnceWith("asked by the warehouse");
});

test("with nothing left to do the button rests", () => {
  shown({ allowed: 0, button: "Resend 0 orders" });
  expect(screen.getByRole("button", { name: "Resend 0 orders" })).toBeDisabled();
});
