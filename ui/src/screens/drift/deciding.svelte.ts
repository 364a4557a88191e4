/**
 * What is about to be decided on a SKU's difference: the question with its exact effect, and what
 * came of it. Of posting the effect is read from Cin7 Core, which takes a moment.
 */
import { app, place } from "../../app.svelte";
import { asUiError, backend } from "../../backend";
import type { DriftAct, DriftCard, Preview } from "../../bindings";

export class Deciding {
  act = $state<DriftAct | null>(null);
  sku = $state("");
  preview = $state.raw<Preview | null>(null);
  /** The message to the warehouse, when a recount is asked for. */
  message = $state("");
  waiting = $state(false);
  busy = $state(false);
  fault = $state("");

  #asking: symbol | null = null;

  constructor(private readonly done: (sku: string) => void) {}

  get asked(): boolean {
    return this.act !== null;
  }

  /** Asks, unless the program says it may not be done. */
  async ask(act: DriftAct, card: DriftCard | null): Promise<void> {
    if (!card || this.act !== null) return;
    const can = card[act];
    if (!can.allowed) {
      app.say(can.why_not, { tone: "info" });
      return;
    }
    const { sku } = card.row;
    const asking = (this.#asking = Symbol());
    this.fault = "";
    this.act = act;
    this.sku = sku;
    if (act === "post") {
      // The question stands at once; what exactly will happen is read from Cin7 Core.
      const { unexplained } = card.row;
      this.waiting = true;
      this.preview = {
        title: `Post ${unexplained} ${sku} to Cin7 Core?`,
        effect: ["Reading what Cin7 Core has now…"],
        button: card.post_button,
        count: 1,
        allowed: 1,
        refused: [],
        needs_reason: true,
      };
    }
    try {
      const [preview, message] = await Promise.all([
        backend.driftPreview(act, sku),
        act === "recount" ? backend.recountMessage(sku) : null,
      ]);
      if (this.#asking !== asking) return;
      this.message = message?.text ?? "";
      this.preview = preview;
    } catch (failure) {
      if (this.#asking !== asking) return;
      this.leave();
      app.fault(failure);
    } finally {
      if (this.#asking === asking) this.waiting = false;
    }
  }

  leave(): void {
    this.#asking = null;
    this.act = null;
    this.preview = null;
    this.waiting = false;
    this.message = "";
  }

  async confirm(why: string, until: string | null = null): Promise<void> {
    if (this.act === null || this.busy) return;
    this.busy = true;
    this.fault = "";
    const { sku } = this;
    try {
      const { text } = await backend.driftAct(this.act, sku, why, until);
      app.say(text, { go: place("drift", { number: sku, section: "page" }) });
      this.leave();
      this.done(sku);
    } catch (failure) {
      this.fault = asUiError(failure).message;
      this.done(sku);
    } finally {
      this.busy = false;
    }
  }
}
