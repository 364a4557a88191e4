import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { asUiError, backend } from "./backend";
import { mockIPC } from "../test-bridge";

const { permissions } = JSON.parse(readFileSync("../capabilities/main.json", "utf8")) as {
  permissions: string[];
};

/** Every command the page can ask for, by asking each. */
async function asked(): Promise<string[]> {
  const commands: string[] = [];
  mockIPC((command) => void commands.push(command));
  for (const ask of Object.values(backend) as ((...args: unknown[]) => Promise<unknown>)[])
    await ask({}, {}, {}, {});
  return commands;
}

test("the page asks for exactly what it is allowed to", async () => {
  const allowed = permissions
    .filter((each) => !each.startsWith("core:"))
    .map((each) => each.replace("allow-", "").replaceAll("-", "_"));
  expect((await asked()).sort()).toEqual(allowed.sort());
});

test("a refusal arrives as the program put it", async () => {
  const refusal = { code: "invalid", message: "From 15 to 600 seconds.", field: "schedule.every" };
  mockIPC(() => {
    throw refusal;
  });
  await expect(backend.settings()).rejects.toEqual(refusal);
});

test("whatever else goes wrong arrives in words, without the machinery's", () => {
  for (const failure of ["command x not allowed", new TypeError("invoke is undefined"), null, {}])
    expect(asUiError(failure)).toEqual({
      code: "unanswered",
      message: expect.stringContaining("did not answer") as string,
      field: null,
    });
});
