/** How a SKU's unexplained units went, as a line. Pure. */

/** Below so many units the line stays near its middle, so that one unit does not look like a fall. */
const CALM = 12;

export type Spark = {
  /** Pieces of the line; it breaks where a run did not compare the SKU. */
  pieces: string[];
  /** Whether anything is unexplained now or was. */
  drifts: boolean;
};

/** The points of a trend within the given size, each run at its own place. */
export function spark(trend: readonly (string | null)[], width: number, height: number): Spark {
  const numbers = trend.map((point) => (point === null ? null : Number(point)));
  const most = Math.max(CALM, ...numbers.map((point) => Math.abs(point ?? 0)));
  const step = width / Math.max(1, numbers.length - 1);
  const middle = height / 2;
  const pieces: string[][] = [];
  let broken = true;
  numbers.forEach((point, run) => {
    if (point === null) {
      broken = true;
      return;
    }
    if (broken) pieces.push([]);
    broken = false;
    const y = middle - (point / most) * (middle - 1);
    pieces.at(-1)?.push(`${round(run * step)},${round(y)}`);
  });
  return {
    pieces: pieces.map((points) => points.join(" ")),
    drifts: numbers.some((point) => point !== null && point !== 0),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
