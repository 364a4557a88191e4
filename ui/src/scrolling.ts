/**
 * Whether something on the page is being scrolled. Reading a screen anew takes several frames'
 * time, so that what the program tells meanwhile waits until the scrolling rests; the rows in
 * sight would otherwise stop under the hand.
 */
const REST = 200;
/** Someone who holds the bar for longer than this sees the news all the same. */
const LONGEST = 10_000;

class Scrolling {
  #began = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #waiting: (() => void)[] = [];

  /** Calls it at once, or as soon as the scrolling under way rests. */
  rested(then: () => void): void {
    if (this.#rest === undefined) then();
    else this.#waiting.push(then);
  }

  /** Begins to watch; the returned function stops it. */
  watch(): () => void {
    const scrolled = () => this.#scrolled();
    const options = { capture: true, passive: true };
    document.addEventListener("scroll", scrolled, options);
    return () => {
      document.removeEventListener("scroll", scrolled, options);
      this.#end();
    };
  }

  #scrolled(): void {
    const now = performance.now();
    if (this.#rest === undefined) this.#began = now;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#end(), REST);
    if (now - this.#began > LONGEST) this.#end();
  }

  #end(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    for (const then of this.#waiting.splice(0)) then();
  }
}

export const scrolling = new Scrolling();
