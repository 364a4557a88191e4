import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

import svelteConfig from "./svelte.config.js";

/** Only `backend.ts` speaks to the program behind the page. */
const bridge = {
  regex: "^@tauri-apps/",
  message: "Only src/backend.ts speaks to Tauri: add a function there and call that.",
};

export default ts.config(
  { ignores: ["dist/", "src/bindings.ts"] },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      // The compiler checks names, types included.
      "no-undef": "off",
      "no-restricted-imports": ["error", { patterns: [bridge] }],
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "The page has no network: ask through src/backend.ts." },
        { name: "localStorage", message: "What is kept is kept by the program: src/backend.ts." },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "svelte/no-at-html-tags": "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  // Tests may stand in for the program, at one place.
  {
    files: ["src/backend.ts", "test-bridge.ts"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    files: ["*.js", "*.ts", "pages/**/*.{js,mjs}"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: { "no-restricted-globals": "off" },
  },
);
