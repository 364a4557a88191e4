import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import Marked from "./Marked.svelte";
import { pieces, spoken } from "./marks";

test("a value is cut at its marks", () => {
  expect(
    pieces("ITEM-01_BLUE", [
      [4, 5],
      [7, 8],
    ]),
  ).toEqual([
    { text: "ITEM", marked: false },
    { text: "-", marked: true },
    { text: "01", marked: false },
    { text: "_", marked: true },
    { text: "BLUE", marked: false },
  ]);
});

test("marks count UTF-16 units, as the program does, and cut no character in half", () => {
  expect(spoken("A🚲-B", [[3, 4]])).toBe("hyphen in place 3");
  expect(pieces("A🚲-B", [[1, 3]])).toEqual([
    { text: "A", marked: false },
    { text: "🚲", marked: true },
    { text: "-B", marked: false },
  ]);
  expect(pieces("A🚲-B", [[3, 4]])).toEqual([
    { text: "A🚲", marked: false },
    { text: "-", marked: true },
    { text: "B", marked: false },
  ]);
});

test("a whole value, nothing, and marks beyond the end", () => {
  expect(pieces("AB", [[0, 9]])).toEqual([{ text: "AB", marked: true }]);
  expect(pieces("", [[0, 1]])).toEqual([]);
  expect(pieces("AB", [])).toEqual([{ text: "AB", marked: false }]);
});

test("what cannot be seen is named", () => {
  expect(
    spoken("ITEM-01_BLUE", [
      [4, 5],
      [7, 8],
    ]),
  ).toBe("hyphen in place 5, underscore in place 8");
  expect(spoken("A B", [[1, 2]])).toBe("space in place 2");
  expect(spoken("AB", [])).toBe("");
});

test("a screen reader hears which characters are not accepted", () => {
  render(Marked, { value: "A-B", marks: [[1, 2]] });
  expect(screen.getByText("-").tagName).toBe("MARK");
  expect(screen.getByText(/Not accepted: hyphen in place 2/)).toBeInTheDocument();
});
