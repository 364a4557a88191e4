/** What the page may not do, whatever is on it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { open, policy } from "./stage.js";

let stage;
before(async () => (stage = await open()));
after(() => stage.close());

test("the policy allows nothing that it does not name", () => {
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|https:/);
});

test("the page cannot reach any address, its own server's included", async () => {
  for (const address of ["/", "http://127.0.0.1:9/", "https://example.org/"]) {
    const outcome = await stage.page.evaluate(
      (a) =>
        fetch(a).then(
          () => "reached",
          () => "refused",
        ),
      address,
    );
    assert.equal(outcome, "refused", address);
  }
  const breaches = (await stage.problems()).filter((p) => p.startsWith("policy: connect-src"));
  assert.equal(breaches.length, 3);
});

test("text never becomes code", async () => {
  // Elements of the page, for the debugger's own scripts are not bound by the policy.
  const outcome = await stage.page.evaluate(() => {
    window.ran = "nothing";
    const script = document.createElement("script");
    script.textContent = "window.ran = 'an inline script'";
    document.body.append(script);
    const link = document.createElement("button");
    link.setAttribute("onclick", "window.ran = 'an inline handler'");
    document.body.append(link);
    link.click();
    link.remove();
    return window.ran;
  });
  assert.equal(outcome, "nothing");
});
