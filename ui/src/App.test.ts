import { mockIPC } from "@tauri-apps/api/mocks";
import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import App from "./App.svelte";

test("the version shown is the program's", async () => {
  mockIPC((command) => (command === "begin" ? { version: "9.8.7" } : undefined), {
    shouldMockEvents: true,
  });
  render(App);
  expect(await screen.findByText("Version 9.8.7")).toBeVisible();
});
