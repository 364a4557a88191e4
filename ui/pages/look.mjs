/**
 * Takes pictures of a world for looking at by hand:
 * `node pages/look.mjs <folder> [world] [screen] [light|dark] [WIDTHxHEIGHT] [scale]`
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { NOW, fake } from "./fake.mjs";
import { open } from "./stage.js";

const [folder, world = "busy", screen = "today", theme = "light", size = "1280x800", scale = "1"] =
  process.argv.slice(2);
const [width, height] = size.split("x").map(Number);
const { answers } = fake(world, { shell: { theme } });
const zoom = Number(scale);
const stage = await open(answers, {
  viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
  deviceScaleFactor: zoom,
  now: NOW,
});
if (screen !== "today")
  await stage.emit("go", { screen, filter: null, number: null, section: null });
await stage.page.waitForTimeout(300);
await mkdir(folder, { recursive: true });
const path = join(folder, `${screen}-${world}-${theme}-${size}${zoom === 1 ? "" : `@${zoom}`}.png`);
await stage.page.screenshot({ path });
process.stdout.write(`${path}\n${(await stage.problems()).join("\n")}\n`);
await stage.close();
