/** The upper end of a chart's scale: round, even, and not below the largest value. */
export function roundUp(largest: number): number {
  if (largest <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 4, 6, 8, 10].find((each) => each * power >= largest) ?? 10;
  const top = step * power;
  return top % 2 ? top + 1 : top;
}
