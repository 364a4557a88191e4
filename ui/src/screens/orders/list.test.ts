import { expect, test } from "vitest";

import { filterOf } from "../../app.svelte";
import { OrderList, ROW } from "./list.svelte";
import { lists, program, row, rows } from "./samples";

const NEEDS_YOU = filterOf("needs_you");

async function opened(count: number) {
  const orders = rows(count);
  const answers = lists(orders);
  const calls = program(answers);
  const list = new OrderList();
  await list.open(NEEDS_YOU);
  await list.load(0, 100);
  return { orders, answers, calls, list };
}

test("what comes is counted, and the order stays until it is asked for", async () => {
  const { orders, list } = await opened(5);
  orders.unshift(row("SO-900"));
  orders[3] = { ...row("SO-3"), owner: null, state_title: "At the warehouse" };
  await list.hear();
  expect(list.news).toEqual({ new: 1, gone: 1 });
  expect(list.at(0)?.number).toBe("SO-1");
  // Its contents are live all the same.
  const shown = await list.load(0, 100);
  expect(shown[2]).toMatchObject({ number: "SO-3", state_title: "At the warehouse" });
});

test("taken anew, the cursor stays on its order and the rows under the eye", async () => {
  const { orders, list } = await opened(50);
  list.active = 20;
  orders.unshift(row("SO-900"), row("SO-901"));
  const moved = await list.again({ first: 10, active: 20 }, "SO-21");
  expect(moved).toBe(2 * ROW);
  expect(list.at(list.active)?.number).toBe("SO-21");
  expect(list.total).toBe(52);
  expect(list.news).toEqual({ new: 0, gone: 0 });
});

test("the order being looked at is not taken away", async () => {
  const { orders, list } = await opened(5);
  list.active = 1;
  orders[1] = { ...row("SO-2"), owner: null };
  expect(await list.again({ first: 0, active: 1 }, "SO-2")).toBeNull();
  expect(list.total).toBe(5);
  expect(list.news).toEqual({ new: 0, gone: 1 });
  // Nobody looks at it any more.
  await list.again({ first: 0, active: 1 }, null);
  expect(list.total).toBe(4);
  expect(list.active).toBe(-1);
});

test("rows of a list taken anew are there before it is shown", async () => {
  const { calls, list } = await opened(300);
  await list.again({ first: 150, active: -1 }, null);
  const before = calls.length;
  await list.load(100, 100);
  expect(calls.length).toBe(before);
});

test("an answer for an older filter is void", async () => {
  const { answers, list } = await opened(20);
  const read = answers.open_list;
  const waiting: (() => void)[] = [];
  program({
    ...answers,
    open_list: (args) => new Promise((done) => waiting.push(() => done(read(args)))),
  });
  const older = list.open(filterOf("needs_you", { find: "SO-1" }));
  const newer = list.open(filterOf("needs_you", { find: "SO-20" }));
  waiting[1]?.();
  await newer;
  waiting[0]?.();
  await older;
  expect(list.total).toBe(1);
  expect(list.reading).toBe(false);
});

test("a list that cannot be read says why, and one on screen stays", async () => {
  const { answers, list } = await opened(5);
  answers.open_list = () => {
    throw { code: "busy", message: "The disk is full.", field: null };
  };
  program(answers);
  await list.again({ first: 0, active: 0 }, null);
  expect(list.total).toBe(5);
  expect(list.fault).toBeNull();
  const other = new OrderList();
  await other.open(NEEDS_YOU);
  expect(other.fault?.message).toBe("The disk is full.");
});

test("numbers are read a part at a time", async () => {
  const { calls, list } = await opened(450);
  const told: number[] = [];
  const numbers = await list.numbers(0, 450, (done) => told.push(done));
  expect(numbers).toHaveLength(450);
  expect(told).toEqual([200, 400, 450]);
  expect(calls.filter(({ command }) => command === "list_rows").at(-1)?.args).toMatchObject({
    from: 400,
    count: 50,
  });
});

test("the group under the cursor is found", async () => {
  const { list } = await opened(3);
  expect(list.groupAt(2)).toEqual({ title: "Later", from: 0, to: 3 });
  expect(list.groupAt(-1)).toBeNull();
});
