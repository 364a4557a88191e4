import { render, screen } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { app } from "../../app.svelte";
import Settle from "./Settle.svelte";
import { preview, program } from "./samples";

const asked = preview({
  title: "Settle SO-1?",
  effect: ["This no longer needs anyone: part of it will not be sent."],
  button: "Settle SO-1",
  needs_reason: true,
});

beforeEach(() => {
  app.toasts = [];
});

function show(settle: () => unknown) {
  const calls = program({ settle_preview: () => asked, settle });
  const heard = { ondone: vi.fn(), onleave: vi.fn() };
  render(Settle, { number: "SO-1", ...heard });
  return { user: userEvent.setup(), calls, ...heard };
}

test("asks why, says what it does, and names what was done", async () => {
  const { user, calls, ondone } = show(() => ({ text: "SO-1 is settled." }));
  await screen.findByText("This no longer needs anyone: part of it will not be sent.");
  await user.click(screen.getByRole("button", { name: "Settle SO-1" }));
  expect(screen.getByText("Say why in a few words.")).toBeVisible();
  expect(calls.map(({ command }) => command)).toEqual(["settle_preview"]);
  await user.type(screen.getByRole("textbox", { name: "Why" }), "credited{Enter}");
  await vi.waitFor(() => expect(ondone).toHaveBeenCalledOnce());
  expect(calls.at(-1)).toEqual({ command: "settle", args: { number: "SO-1", why: "credited" } });
  expect(app.toasts.map(({ text }) => text)).toEqual(["SO-1 is settled."]);
});

test("a refusal stands in the question, which stays", async () => {
  const { user, ondone } = show(() => {
    throw { code: "nothing_to_settle", message: "SO-1 has nothing to settle.", field: null };
  });
  await user.type(await screen.findByRole("textbox", { name: "Why" }), "credited{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("SO-1 has nothing to settle.");
  expect(ondone).not.toHaveBeenCalled();
});
