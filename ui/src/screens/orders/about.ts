/** Which orders something is about. */
import type { Which } from "../../bindings";

/** Said to the program, and asked of each order on screen. */
export type About = { which: Which; means: (number: string) => boolean };

/** These orders and no others. */
export function only(numbers: readonly string[]): About {
  const these = new Set(numbers);
  return { which: { numbers: [...numbers] }, means: (number) => these.has(number) };
}

/** Those of the first that are not among the second. */
export function without(numbers: Iterable<string>, others: readonly string[]): string[] {
  const among = new Set(others);
  return [...numbers].filter((number) => !among.has(number));
}
