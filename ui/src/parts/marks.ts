/** Cuts a value at its offending characters, and names those for who cannot see them marked. */
import type { Mark } from "../bindings";

export type Piece = { text: string; marked: boolean };

/** Each character with the UTF-16 unit it begins at, by which marks count. */
function characters(value: string): { text: string; at: number }[] {
  let at = 0;
  return [...value].map((text) => {
    const begins = at;
    at += text.length;
    return { text, at: begins };
  });
}

const isMarked = (marks: readonly Mark[], at: number) =>
  marks.some(([from, to]) => at >= from && at < to);

/** A character that takes two units, such as an emoji, is never cut in half. */
export function pieces(value: string, marks: readonly Mark[]): Piece[] {
  const cut: Piece[] = [];
  for (const { text, at } of characters(value)) {
    const marked = isMarked(marks, at);
    const last = cut.at(-1);
    if (last && last.marked === marked) last.text += text;
    else cut.push({ text, marked });
  }
  return cut;
}

/** "hyphen in place 5, underscore in place 8", or "" without marks; places count characters. */
export function spoken(value: string, marks: readonly Mark[]): string {
  return characters(value)
    .map((character, index) => ({ ...character, place: index + 1 }))
    .filter(({ at }) => isMarked(marks, at))
    .map(({ text, place }) => `${names[text] ?? text} in place ${place}`)
    .join(", ");
}

const names: Record<string, string> = {
  " ": "space",
  "\u00a0": "no-break space",
  "\t": "tab",
  "\n": "line break",
  "\r": "line break",
  "-": "hyphen",
  "–": "dash",
  "—": "long dash",
  _: "underscore",
  "/": "slash",
  "\\": "backslash",
  ".": "full stop",
  ",": "comma",
  ";": "semicolon",
  ":": "colon",
  "'": "apostrophe",
  "’": "apostrophe",
  '"': "quotation mark",
  "&": "ampersand",
  "+": "plus",
  "#": "hash",
  "*": "asterisk",
  "(": "opening bracket",
  ")": "closing bracket",
  "\u200b": "invisible space",
};
