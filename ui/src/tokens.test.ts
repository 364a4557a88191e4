import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

const css = readFileSync("src/tokens.css", "utf8");

function tokens(selector: string): Record<string, string> {
  const block = css.split(`${selector} {`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (.+);/g)].map(([, name, value]) => [name, value]),
  );
}

const light = tokens(':root[data-theme="light"]');
const dark = tokens(':root[data-theme="dark"]');

test("a dark computer and the dark theme look the same", () => {
  expect(Object.keys(dark).length).toBeGreaterThan(15);
  expect(tokens(':root[data-theme="system"]')).toEqual(dark);
});

test("both themes name the same tokens", () => {
  expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort());
});

test.each([
  ["light", light],
  ["dark", dark],
])("every ink keeps 4.5 : 1 on every ground of the %s theme", (_, theme) => {
  for (const ink of ["ink", "ink-2", "ink-3", "accent"])
    for (const ground of ["bg", "panel", "panel-2"])
      expect(contrast(theme[ink], theme[ground]), `${ink} on ${ground}`).toBeGreaterThan(4.5);
  for (const tone of ["stop", "warn", "info", "ok", "accent"])
    expect(contrast(theme[tone], theme[`${tone}-soft`]), tone).toBeGreaterThan(4.5);
  expect(contrast(theme["on-accent"], theme["accent"])).toBeGreaterThan(4.5);
});

function contrast(one = "", other = ""): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
