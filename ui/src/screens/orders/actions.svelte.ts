/**
 * What is done to orders from this screen: ask for the exact effect, confirm, begin, follow, and
 * name what happened to each. It outlives the screen, so that coming back finds it where it is.
 */
import { app } from "../../app.svelte";
import { asUiError, backend } from "../../backend";
import type { Act, Acted, Doing, Preview, UiError } from "../../bindings";
import { action as words } from "../../words/orders";
import type { About } from "./about";
import { joined, sorted, type Results } from "./results";

/** What is asked, and of which orders. */
export type Wish = About & { act: Act };

const ASK_AGAIN_SECONDS = 3;
const inPractice = () => Boolean(app.shell?.practice);

class Actions {
  /** What is about to be confirmed. */
  wish = $state.raw<Wish | null>(null);
  preview = $state.raw<Preview | null>(null);
  busy = $state(false);
  fault = $state("");

  /** What was begun last and not put away yet. */
  begun = $state.raw<Wish | null>(null);
  doing = $state.raw<Doing | null>(null);
  stopping = $state(false);
  /** Why it did not even begin. */
  unbegun = $state.raw<UiError | null>(null);
  /** What happened to each order so far, in the order it happened. */
  results = $state.raw<Results>(new Map());
  /** Those whose rows were read again since; until then a row says "Resending…". */
  #settled = $state.raw<ReadonlySet<string>>(new Set());

  #practice = false;

  /** Reads the rows in sight again; the screen sets it while it is there. */
  reread: () => Promise<void> = async () => {};

  /** Whether there is something to show of an action. */
  get open(): boolean {
    return this.begun !== null || this.doing !== null;
  }

  get atWork(): boolean {
    return this.open && this.unbegun === null && !(this.doing?.finished ?? false);
  }

  /** Failures first, then what still needs someone, then what went well. */
  get sorted(): Acted[] {
    return sorted(this.results);
  }

  /** The action an order is under right now, whether or not the program has begun with it. */
  under(number: string): Act | null {
    if (!this.begun || this.unbegun || this.#settled.has(number)) return null;
    if (this.doing?.finished && !this.results.has(number)) return null;
    return this.begun.means(number) ? this.begun.act : null;
  }

  /** Whether the last action did something to it, good or bad. */
  touched(number: string): boolean {
    return this.results.has(number);
  }

  /** Stands in the dialog while the effect on very many orders is worked out. */
  get awaited(): Preview | null {
    if (!this.wish || !this.busy) return null;
    return {
      title: `${words.of(this.wish.act)}…`,
      effect: [words.workingOut],
      button: words.of(this.wish.act),
      needs_reason: false,
      count: 0,
      allowed: 0,
      refused: [],
    };
  }

  /** Asks what would happen, to be confirmed. */
  async ask(wish: Wish): Promise<void> {
    if (this.busy) return;
    this.wish = wish;
    this.fault = "";
    this.busy = true;
    try {
      const preview = await backend.preview(wish.act, wish.which);
      if (this.wish === wish) this.preview = preview;
    } finally {
      this.busy = false;
    }
  }

  leave(): void {
    this.wish = null;
    this.preview = null;
    this.fault = "";
  }

  /** Does what was asked about. */
  async confirm(note: string): Promise<void> {
    const wish = this.wish;
    if (!wish) return;
    this.leave();
    await this.begin(wish, note);
  }

  /** Does it without asking, unless its effect turns out to need a question: a refusal, a reason. */
  async now(wish: Wish): Promise<void> {
    if (this.busy || this.atWork) return;
    this.#start(wish);
    try {
      const preview = await backend.preview(wish.act, wish.which);
      if (this.begun !== wish) return;
      if (preview.allowed === preview.count && !preview.needs_reason) {
        await this.begin(wish);
      } else {
        this.dismiss();
        this.wish = wish;
        this.preview = preview;
      }
    } catch (failure) {
      if (this.begun === wish) this.unbegun = asUiError(failure);
    }
  }

  /** Does it; on screen it is under way before the program has answered. */
  async begin(wish: Wish, note = ""): Promise<void> {
    this.#start(wish);
    try {
      const doing = await backend.act(wish.act, wish.which, note);
      if (this.begun !== wish) return;
      this.hear(doing, true);
      // It may have gone on, even to its end, before the answer came.
      if (app.doing?.action === doing.action) this.hear(app.doing);
    } catch (failure) {
      if (this.begun === wish) this.unbegun = asUiError(failure);
    }
  }

  /** Takes in the program's word. Another action's word counts only when none of ours is here. */
  hear(doing: Doing, ours = false): void {
    const known = this.doing?.action;
    if (known === undefined ? !ours && this.begun !== null : known !== doing.action) return;
    if (known === undefined && !ours && doing.finished) return;
    if (this.doing?.finished) return;
    this.doing = doing;
    const results = joined(this.results, doing.orders);
    const news = doing.finished || results.size > this.results.size;
    this.results = results;
    if (news) void this.#settle([...results.keys()]);
  }

  /** Asks how it goes, in case its word was lost. */
  async askAgain(): Promise<void> {
    if (!this.atWork || !this.doing) return;
    try {
      this.hear(await backend.doing(this.doing.action));
    } catch {
      // It is asked again in a moment.
    }
  }

  /** Follows what is at work until the returned function is called. */
  follow(): () => void {
    const timer = setInterval(() => void this.askAgain(), ASK_AGAIN_SECONDS * 1000);
    return () => clearInterval(timer);
  }

  async cancel(): Promise<void> {
    if (!this.doing || this.stopping) return;
    this.stopping = true;
    await backend.cancelAction(this.doing.action);
  }

  /** Puts the results away. */
  dismiss(): void {
    this.#start(null);
  }

  /** What was left in another world, real or practice, is not this one's. */
  enter(): void {
    if (this.#practice !== inPractice()) this.dismiss();
  }

  #start(wish: Wish | null): void {
    this.#practice = inPractice();
    this.begun = wish;
    this.doing = null;
    this.unbegun = null;
    this.stopping = false;
    this.results = new Map();
    this.#settled = new Set();
  }

  /** One line on how it stands. */
  get line(): string {
    const { doing, begun, unbegun } = this;
    if (unbegun) return `${words.didNotBegin}. ${unbegun.message}`;
    if (doing?.finished) return doing.summary;
    if (doing) return words.progress(doing.done, doing.total, doing.current);
    return begun ? words.chip(begun.act) : "";
  }

  async #settle(numbers: string[]): Promise<void> {
    const results = this.results;
    await this.reread();
    if (this.results.size >= results.size && this.open) this.#settled = new Set(numbers);
  }
}

export const actions = new Actions();
