/** The stand-in answers what the page may ask, or tests would pass on commands that are not there. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { fake, worldNames } from "./fake.mjs";

const { permissions } = JSON.parse(
  await readFile(new URL("../../capabilities/main.json", import.meta.url), "utf8"),
);

for (const world of worldNames)
  test(`the world “${world}” answers every command, and no other`, () => {
    const allowed = permissions
      .filter((each) => !each.startsWith("core:"))
      .map((each) => each.replace("allow-", "").replaceAll("-", "_"));
    assert.deepEqual(Object.keys(fake(world).answers).sort(), allowed.sort());
  });
