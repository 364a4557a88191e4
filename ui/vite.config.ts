import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  // Else Svelte mounts its server build under Vitest.
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  build: {
    // WebKitGTK of Debian 12, and WebView2 and WKWebView of the same years.
    target: ["safari16.4", "chrome111"],
    // An inlined font or picture would be a data: address, which the policy refuses for fonts.
    assetsInlineLimit: 0,
    // How long each plug-in took is nothing to act on.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    testTimeout: 20_000,
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
  },
});
