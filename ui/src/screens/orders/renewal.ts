/** When the list may be taken anew, and how without moving anything under the hand. */
import { tick } from "svelte";

import { layout } from "../../parts/rows";
import { HEADING, ROW, type OrderList } from "./list.svelte";

/** Whether a dialog or a menu is open, or someone is typing. */
export function attending(): boolean {
  return (
    document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null ||
    (document.activeElement?.matches("input:not([type=checkbox]), textarea, select") ?? false)
  );
}

type Around = {
  scroller: () => HTMLElement | null;
  /** The order that someone looks at, which is not to be taken away. */
  kept: () => string | null;
  /** Called when the list was left as it was for that order's sake. */
  held: (number: string) => void;
  /** Called when the new list is on screen. */
  renewed: () => Promise<void>;
};

/**
 * Takes the list anew, the rows in sight staying where they are; one at a time, once more for what
 * is wished meanwhile. `asked` when the reader wants it, whatever leaves with it.
 */
export function renewal(list: OrderList, around: Around): (asked: boolean) => Promise<void> {
  let running = false;
  let wished = false;

  async function once(asked: boolean) {
    const scroller = around.scroller();
    const top = scroller?.scrollTop ?? 0;
    const plan = layout(list.total, list.opened?.groups ?? [], ROW, HEADING);
    const first = plan.shown(top, top + ROW)[0]?.from ?? 0;
    const kept = asked ? null : around.kept();
    const moved = await list.again({ first, active: list.active }, kept);
    if (moved === null) {
      if (kept !== null) around.held(kept);
      return;
    }
    await tick();
    // At the top someone waits for what comes; elsewhere the rows in sight stay.
    if (moved && scroller && top > 0) scroller.scrollTop = top + moved;
    await around.renewed();
  }

  return async (asked) => {
    wished = true;
    if (running) return;
    running = true;
    try {
      while (wished) {
        wished = false;
        await once(asked);
      }
    } finally {
      running = false;
    }
  };
}
