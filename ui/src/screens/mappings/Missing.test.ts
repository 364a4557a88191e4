import { render, screen } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { program } from "../orders/samples";
import AllMissing from "./AllMissing.svelte";

test("a carrier that despatches named says how many were told so, and is named here", async () => {
  const calls = program({ save_map: () => ({ text: "Saved.", waiting: 0, warnings: [] }) });
  const onsaved = vi.fn();
  const of = (from: string, told: number) => ({
    from,
    waiting: 0,
    told,
    suggestion: null,
    why: "Passed on as the warehouse names it.",
  });
  const view = {
    kind: "carrier" as const,
    unmapped: [of("DPDUK", 14), of("XYZ9", 0)],
    entries: [],
    choices: [],
    counts: [],
    read_at: null,
  };
  render(AllMissing, { kind: "carrier", view, onsaved });
  expect(screen.getByRole("list", { name: "Not mapped, named by despatches" })).toBeVisible();
  expect(screen.getByText("14 despatches told with this name")).toBeVisible();
  expect(screen.getByText("none told with it yet")).toBeVisible();
  const box = screen.getByLabelText("Carrier in Cin7 Core for DPDUK");
  await userEvent.setup().type(box, "DPD{Enter}");
  await vi.waitFor(() => expect(onsaved).toHaveBeenCalledOnce());
  expect(calls[0]?.args).toMatchObject({ kind: "carrier", from: "DPDUK", to: "DPD" });
});
