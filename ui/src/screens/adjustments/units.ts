/** How a change of units is written: with its sign, and never more than is known. */
import { quantity } from "../../format";

/** "-18" → "−18", "7" → "+7". */
export function change(units: string): string {
  return /^[1-9]/.test(units) ? `+${quantity(units)}` : quantity(units);
}
