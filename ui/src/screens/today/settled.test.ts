import { expect, test } from "vitest";

import { keep, renew } from "./settled";

const need = (id: string, title = id) => ({ id, title });

test("under the hand the order stays, whatever comes and goes", () => {
  const shown = renew([need("a"), need("b"), need("c")]);
  const { rows, fresh } = keep(shown, [need("new"), need("c", "c now"), need("a")]);
  expect(rows.map(({ row, gone }) => [row.title, gone])).toEqual([
    ["a", false],
    ["b", true],
    ["c now", false],
  ]);
  expect(fresh).toBe(1);
});

test("what had gone and is back is there again", () => {
  const gone = keep(renew([need("a")]), []).rows;
  expect(gone[0]?.gone).toBe(true);
  expect(keep(gone, [need("a")]).rows[0]?.gone).toBe(false);
});
