/** How a change, a level and a value are written: with their sign, and never more than is known. */
import { money, quantity } from "../../format";

/** "-18" → "−18", "7" → "+7". */
export function change(units: string): string {
  return /^[1-9]/.test(units) ? `+${quantity(units)}` : quantity(units);
}

/** "-297.00" → "−297.00"; in the currency of the books, which is nowhere named. */
export function worth(value: string): string {
  return money(value, "");
}
