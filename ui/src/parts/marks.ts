/** Cuts a value at its offending characters, and names those for who cannot see them marked. */
import type { Mark } from "../bindings";

export type Piece = { text: string; marked: boolean };

/** Marks count characters, not UTF-16 units: "é" and an emoji are one each. */
export function pieces(value: string, marks: readonly Mark[]): Piece[] {
  const marked = (at: number) => marks.some(([from, to]) => at >= from && at < to);
  const cut: Piece[] = [];
  for (const [at, text] of [...value].entries()) {
    const last = cut.at(-1);
    if (last && last.marked === marked(at)) last.text += text;
    else cut.push({ text, marked: marked(at) });
  }
  return cut;
}

/** "hyphen in place 5, underscore in place 8", or "" without marks. */
export function spoken(value: string, marks: readonly Mark[]): string {
  return [...value]
    .map((character, at) => ({ character, place: at + 1 }))
    .filter(({ place }) => marks.some(([from, to]) => place > from && place <= to))
    .map(({ character, place }) => `${names[character] ?? character} in place ${place}`)
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
