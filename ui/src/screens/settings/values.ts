/**
 * A setting as it is typed and as it is kept, and what is wrong with what is typed. Pure; what a
 * setting takes is the program's to say, this only says the same a moment earlier.
 */
import type { Setting } from "../../bindings";
import { count, span } from "../../format";
import { days, wanted, words } from "../../words/settings";

/** A row of a table as typed. */
export type Pair = [name: string, value: string];
/** What stands in a control: text, yes or no, a list, or rows. */
export type Draft = string | boolean | unknown[];
/** The value typed, or what would be taken instead. */
export type Read = { value: unknown } | { wanted: string };

const WHOLE = /^[-−]?\d+$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What a control starts with. */
export function draftOf(setting: Setting, value: unknown = setting.value): Draft {
  switch (setting.kind) {
    case "flag":
      return value === true;
    case "times":
    case "texts":
    case "dates":
    case "wholes":
      return Array.isArray(value) ? [...value] : [];
    case "whole_by_text":
    case "time_by_text":
      return Object.entries((value ?? {}) as Record<string, unknown>).map(([name, each]): Pair => [
        name,
        String(each),
      ]);
    default:
      return value === null || value === undefined ? "" : String(value);
  }
}

/** The value that was typed, or what the setting would take. */
export function read(setting: Setting, draft: Draft): Read {
  const { kind } = setting;
  const text = typeof draft === "string" ? draft.trim() : "";
  switch (kind) {
    case "flag":
      return { value: draft === true };
    case "text":
      return setting.max !== null && [...text].length > setting.max
        ? { wanted: wanted.text(setting.max) }
        : { value: text };
    case "whole":
      return whole(setting, text);
    case "date":
      if (text === "") return { value: null };
      return isDate(text) ? { value: text } : { wanted: wanted.date };
    case "time":
      if (text === "" && optional(setting)) return { value: "" };
      return TIME.test(text)
        ? { value: text }
        : { wanted: optional(setting) ? wanted.timeOrNone : wanted.time };
    case "wholes": {
      const { min, max } = setting;
      return Array.isArray(draft) && draft.length === 0
        ? { wanted: min === null || max === null ? wanted.anyWhole : wanted.wholes(min, max) }
        : { value: draft };
    }
    case "times":
    case "texts":
    case "dates":
      return { value: draft };
    case "whole_by_text":
    case "time_by_text":
      return table(setting, draft as Pair[]);
    case "address":
    case "choice":
    case "zone":
      return { value: text };
  }
}

/** One member of a list as typed. */
export function readMember(setting: Setting, typed: string): Read {
  const text = typed.trim();
  switch (setting.kind) {
    case "times": {
      const time = asTime(text);
      return TIME.test(time) ? { value: time } : { wanted: wanted.times };
    }
    case "dates":
      return isDate(text) ? { value: text } : { wanted: wanted.dates };
    case "wholes":
      return whole(setting, text);
    default:
      return { value: text };
  }
}

/** "9.30", "0930" and "9:30" are all meant as "09:30"; what is no time stays as it was typed. */
export function asTime(text: string): string {
  const found = /^(\d{1,2})[:.h ]?(\d{2})$/.exec(text.trim());
  const time = found && `${found[1]?.padStart(2, "0")}:${found[2]}`;
  return time && TIME.test(time) ? time : text.trim();
}

/** Times and days stand in their order; in the other lists the order means something. */
export function inOrder(setting: Setting, members: unknown[]): unknown[] {
  return setting.kind === "times" || setting.kind === "dates" ? [...members].sort() : members;
}

/** Whether the list is one of days of the week, which are chosen rather than typed. */
export function isOfDays(setting: Setting): boolean {
  const known = new Set<unknown>(days.map(({ word }) => word));
  const usual = setting.default;
  return (
    setting.kind === "texts" &&
    Array.isArray(usual) &&
    usual.length > 0 &&
    usual.every((each) => known.has(each))
  );
}

/** A time that may be left empty. */
export const optional = (setting: Setting) => setting.default === "" || setting.default === null;

export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const [ours, theirs] = [Object.entries(one), other as Record<string, unknown>];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    ours.length === Object.keys(other).length &&
    ours.every(([key, value]) => key in theirs && same(value, theirs[key]))
  );
}

/** A value in a few words, as "30 seconds", "On", "Mon, Tue", "nothing". */
export function inWords(setting: Setting, value: unknown): string {
  if (value === null || value === "" || value === undefined) return words.nothing;
  if (typeof value === "boolean") return value ? words.on : words.off;
  if (Array.isArray(value)) {
    if (value.length === 0) return words.none;
    return withUnit(setting, value.map((each) => memberInWords(setting, each)).join(", "));
  }
  if (typeof value === "object") {
    const entries = Object.entries(value);
    return entries.length
      ? entries.map(([name, each]) => `${name} ${String(each)}`).join(", ")
      : words.none;
  }
  const choice = setting.choices.find(({ word }) => word === value);
  if (choice) return choice.title;
  if (typeof value === "number") return withUnit(setting, count(value));
  return setting.kind === "zone" ? zoneInWords(String(value)) : String(value);
}

export function memberInWords(setting: Setting, member: unknown): string {
  if (isOfDays(setting)) return days.find(({ word }) => word === member)?.title ?? String(member);
  if (typeof member === "number") return count(member);
  return String(member);
}

export const zoneInWords = (zone: string) => zone.replaceAll("_", " ");

/** "900" seconds are 15 min: said beside a number whose unit is too small for it. */
export function longer(setting: Setting, draft: Draft): string {
  const per = { seconds: 1, minutes: 60 }[setting.unit];
  const number = Number(draft);
  if (!per || !Number.isInteger(number) || number * per < 60 * Math.max(per, 2)) return "";
  return span(number * per);
}

const withUnit = (setting: Setting, text: string) =>
  setting.unit ? `${text} ${setting.unit}`.replace(" %", "%") : text;

function whole({ min, max }: Setting, text: string): Read {
  const number = WHOLE.test(text) ? Number(text.replace("−", "-")) : Number.NaN;
  const fits =
    Number.isSafeInteger(number) &&
    (min === null || number >= min) &&
    (max === null || number <= max);
  if (fits) return { value: number };
  return { wanted: min === null || max === null ? wanted.anyWhole : wanted.whole(min, max) };
}

function table(setting: Setting, rows: Pair[]): Read {
  const made: Record<string, unknown> = {};
  for (const [typed, value] of rows) {
    const name = typed.trim();
    if (!name && !value.trim()) continue;
    if (!name) return { wanted: wanted.nameless };
    if (name in made) return { wanted: wanted.twice(name) };
    if (setting.kind === "time_by_text") {
      const time = asTime(value);
      if (!TIME.test(time)) return { wanted: `${name}: ${wanted.time}` };
      made[name] = time;
    } else {
      const number = whole(setting, value.trim());
      if ("wanted" in number) return { wanted: `${name}: ${number.wanted}` };
      made[name] = number.value;
    }
  }
  return { value: made };
}

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
