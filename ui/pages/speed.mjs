/**
 * Measures the built page in Chromium: `npm run speed`. A scroll through 100,000 rows (frames
 * dropped, at most 1 %), and how long a press takes to show (95 of 100 within 100 ms) while
 * nothing behind the page answers. Ends with 1 when over a budget. A computer busy with other
 * things drops frames whatever the page does, so the best of a few scrolls is told.
 */
import { availableParallelism, loadavg } from "node:os";

import { NOW, fake } from "./fake.mjs";
import { open } from "./stage.js";
import { living } from "./worlds/living.mjs";

const RUNS = 4;
const DROPPED = 0.01;
const PRESS_MS = 100;

const { answers, state } = fake("crowded", {});
living({ answers, state }, (event, payload) => stage.emit(event, payload), {});
const stage = await open(answers, { viewport: { width: 1280, height: 800 }, now: NOW });
const { page } = stage;
await page.getByRole("navigation", { name: "Screens" }).waitFor();
await page.keyboard.press("Alt+2");
const list = page.getByRole("listbox");
await list.getByRole("option").filter({ hasText: "SO-" }).nth(8).waitFor();

// Nothing behind the page answers meanwhile.
const answering = { ...answers };
for (const command of Object.keys(answers)) answers[command] = () => new Promise(() => {});
const presses = [];
for (let at = 0; at < 40; at++) {
  presses.push(await list.evaluate(press, at % 8));
}
presses.sort((a, b) => a - b);
const usual = presses[Math.ceil(presses.length * 0.95) - 1];
tell(
  usual <= PRESS_MS,
  `a press on a row shows within ${usual.toFixed(0)} ms (95 of 100, at most ${PRESS_MS} ms); ` +
    `half within ${presses[presses.length / 2].toFixed(0)} ms`,
);
Object.assign(answers, answering);

const worked = await worker(page);
let best;
for (let run = 0; run < RUNS && !(best?.dropped <= best?.frames * DROPPED); run++) {
  const before = await worked();
  const scrolled = await list.evaluate(scrollThrough);
  scrolled.work = ((await worked()) - before) / scrolled.frames;
  if (!best || scrolled.dropped < best.dropped) best = scrolled;
}
const share = best.dropped / best.frames;
const load = (loadavg()[0] / availableParallelism()).toFixed(1);
tell(
  share <= DROPPED,
  `scroll through 100,000 rows: ${best.dropped} of ${best.frames} frames dropped ` +
    `(${(share * 100).toFixed(1)} %, at most 1 %); longest ${best.worst.toFixed(0)} ms; ` +
    `${best.work.toFixed(1)} ms of work a frame; load ${load} a core`,
);

await stage.close();

function tell(isFine, text) {
  process.stdout.write(`${isFine ? "within" : "OVER  "}  ${text}\n`);
  if (!isFine) process.exitCode = 1;
}

/** In the page: presses that row; milliseconds until a frame with its effect was painted. */
async function press(node, at) {
  const row = node.querySelectorAll("[role=option]")[at];
  const began = performance.now();
  row.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  row.click();
  await new Promise((done) => {
    const look = () =>
      node.getAttribute("aria-activedescendant") === row.id
        ? requestAnimationFrame(() => done())
        : requestAnimationFrame(look);
    look();
  });
  return performance.now() - began;
}

/** Tells how many milliseconds of processor time the page's main thread has taken so far. */
async function worker(page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await debug.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  };
}

/** In the page: a wheel's pace through some thousand rows, then the scroll bar dragged to the end. */
async function scrollThrough(node) {
  const gaps = [];
  let last;
  node.scrollTop = 0;
  for (let at = 0; at < 360; at++) {
    const now = await new Promise((done) => requestAnimationFrame(done));
    if (last !== undefined) gaps.push(now - last);
    last = now;
    node.scrollTop = at < 240 ? node.scrollTop + 180 : (node.scrollHeight * (at - 240)) / 120;
  }
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return {
    frames: gaps.length,
    dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / usual) - 1), 0),
    worst: Math.max(...gaps),
  };
}
