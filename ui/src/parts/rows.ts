/**
 * Where the rows and headings of a long list lie, in pixels, and which of them are in sight.
 * Pure: no element is touched here.
 */
export type Group = { title: string; count: number };

/** A heading above `from`, or none, and the rows from `from` up to, not including, `to`. */
export type Shown<G extends Group> = {
  group: G | null;
  heading: boolean;
  top: number;
  from: number;
  to: number;
};

export type Layout<G extends Group> = {
  height: number;
  /** The row's upper edge. */
  top: (row: number) => number;
  /** What lies between two heights. */
  shown: (from: number, to: number) => Shown<G>[];
};

export function layout<G extends Group>(
  total: number,
  groups: readonly G[],
  row: number,
  heading: number,
): Layout<G> {
  // Without groups the whole list is one, without a heading.
  const parts: { group: G | null; first: number; count: number; top: number; head: number }[] = [];
  let first = 0;
  let top = 0;
  for (const group of groups.length ? groups : [null]) {
    const count = group ? Math.min(group.count, total - first) : total;
    if (count <= 0) continue;
    const head = group ? heading : 0;
    parts.push({ group, first, count, top, head });
    first += count;
    top += head + count * row;
  }

  return {
    height: top,
    top(index) {
      const part = parts.findLast((each) => each.first <= index);
      return part ? part.top + part.head + (index - part.first) * row : 0;
    },
    shown(from, to) {
      return parts.flatMap(({ group, first, count, top, head }) => {
        const rows = top + head;
        if (rows + count * row <= from || top >= to) return [];
        const start = Math.max(0, Math.floor((from - rows) / row));
        const end = Math.min(count, Math.max(0, Math.ceil((to - rows) / row)));
        return {
          group,
          heading: head > 0 && start === 0,
          top: start === 0 ? top : rows + start * row,
          from: first + start,
          to: first + end,
        };
      });
    },
  };
}
