/**
 * A stage for the built page: Chromium, the window's own content policy, and a stand-in for the
 * program behind it that answers as the test says. What the page shows is tested here; what the
 * program really answers is tested in the real window.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "..", "dist");
const config = JSON.parse(await readFile(join(here, "..", "..", "tauri.conf.json"), "utf8"));
const axeSource = await readFile(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** The policy the window has, as one header. */
export const policy = Object.entries(config.app.security.csp)
  .map(([kind, allowed]) => `${kind} ${allowed}`)
  .join("; ");

const kinds = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Serves dist/ on loopback. */
async function serve() {
  const server = createServer(async (request, response) => {
    const asked = normalize(decodeURIComponent(new URL(request.url, "http://page").pathname));
    if (asked === "/favicon.ico") return response.writeHead(204).end();
    const path = join(dist, asked === "/" ? "index.html" : asked);
    try {
      const body = await readFile(path);
      response.writeHead(200, {
        "content-type": kinds[extname(path)] ?? "application/octet-stream",
        "content-security-policy": policy,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

/** Milliseconds that the browser stays after its last page, for the next test. */
const LINGER = 500;

/** The browser and the pages' server, which the tests of one file share: to start them takes longer than most tests. */
const shared = {
  pages: 0,
  ready: null,
  leaving: undefined,

  async take() {
    clearTimeout(this.leaving);
    this.pages += 1;
    this.ready ??= Promise.all([serve(), launch()]);
    return this.ready;
  },

  giveBack() {
    this.pages -= 1;
    if (this.pages === 0) this.leaving = setTimeout(() => void this.end(), LINGER);
  },

  async end() {
    const ready = this.ready;
    this.ready = null;
    const [server, browser] = await ready;
    await browser.close();
    server.close();
  },
};

const launch = () =>
  chromium.launch({
    executablePath: process.env.STOCKBRIDGE_CHROMIUM ?? "/usr/bin/chromium",
    // Chromium's own sandbox refuses to run as root.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });

/** Runs in the page, before anything of ours: what Tauri puts there, answered by the test. */
function standIn() {
  const callbacks = new Map();
  const listeners = new Map();
  let next = 1;
  window.__TAURI_INTERNALS__ = {
    metadata: { currentWindow: { label: "main" }, currentWebview: { label: "main" } },
    transformCallback(callback, once = false) {
      const id = next++;
      callbacks.set(id, (payload) => {
        if (once) callbacks.delete(id);
        return callback?.(payload);
      });
      return id;
    },
    unregisterCallback: (id) => callbacks.delete(id),
    async invoke(command, args = {}) {
      if (command === "plugin:event|listen") {
        const id = next++;
        listeners.set(id, { event: args.event, handler: args.handler });
        return id;
      }
      if (command === "plugin:event|unlisten") return void listeners.delete(args.eventId);
      const { answer, refusal } = await window.__stageAnswer(command, args);
      if (refusal !== undefined) throw refusal;
      return answer;
    },
  };
  window.__TAURI_EVENT_PLUGIN_INTERNALS__ = {
    unregisterListener: (_event, id) => listeners.delete(id),
  };
  window.__stageEmit = (event, payload) => {
    for (const [id, listener] of listeners) {
      if (listener.event === event) callbacks.get(listener.handler)?.({ event, id, payload });
    }
  };
  window.__stagePolicy = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.__stagePolicy.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
  });
}

/**
 * Opens the page. `answers` gives for each command a value, or a function of its arguments that
 * returns one; what it throws is the refusal the page gets. `options` are Playwright's for a new
 * page: `viewport`, `colorScheme`, `reducedMotion`; and `now`, a moment at which the page's clock
 * stands still.
 *
 * Returns the Playwright `page`; `calls`, every command asked for with its arguments; `answers`,
 * which may be changed; `emit(event, payload)`; `axe()`, its violations in words; `problems()`,
 * each console error, uncaught error and breach of the policy so far; `close()`.
 */
export async function open(answers = {}, { now, ...options } = {}) {
  const [server, browser] = await shared.take();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  const calls = [];
  const heard = [];
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`uncaught: ${error.message}`));
  await page.exposeFunction("__stageAnswer", async (command, args) => {
    calls.push({ command, args });
    if (!(command in answers)) {
      heard.push(`no answer is set for ${command}`);
      return { refusal: { code: "internal", message: `${command} has no answer`, field: null } };
    }
    const answer = answers[command];
    try {
      return { answer: typeof answer === "function" ? await answer(args) : answer };
    } catch (refusal) {
      return { refusal: refusal instanceof Error ? refusal.message : refusal };
    }
  });
  if (now !== undefined) await page.clock.setFixedTime(now);
  await page.addInitScript(standIn);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);

  return {
    page,
    calls,
    answers,
    emit: (event, payload) => page.evaluate(([e, p]) => window.__stageEmit(e, p), [event, payload]),
    async axe() {
      // Through the debugger, which the policy does not bind; the page itself may not.
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => window.axe.run());
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((n) => n.target).join(", ")})`,
      );
    },
    async problems() {
      const breaches = await page.evaluate(() => window.__stagePolicy);
      return [...heard, ...breaches.map((breach) => `policy: ${breach}`)];
    },
    async close() {
      await page.close();
      shared.giveBack();
    },
  };
}
