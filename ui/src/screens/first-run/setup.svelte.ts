/**
 * How far set-up is: which steps are done, which can be gone to, and what each shows. What is
 * stored says it; only where the person stands is the page's own.
 */
import { app } from "../../app.svelte";
import { asUiError, backend } from "../../backend";
import type { Connections, Review } from "../../bindings";

export type Step = "cin7" | "whistl" | "look" | "review" | "live";
export const steps: readonly Step[] = ["cin7", "whistl", "look", "review", "live"];

export class SetUp {
  at = $state<Step>("cin7");
  connections = $state.raw<Connections | null>(null);
  review = $state.raw<Review | null>(null);
  fault = $state("");
  /** The first look was begun, now or earlier. */
  looked = $state(false);
  /** What was found was looked at and gone on from. */
  #reviewed = $state(false);
  #asking = 0;

  /** The account answers, and it is known where its sales ship from. */
  readonly cin7 = $derived.by(() => {
    const cin7 = this.connections?.cin7;
    if (!cin7?.has_key || !cin7.has_account) return false;
    return cin7.location !== "" || cin7.locations.length < 2;
  });
  readonly whistl = $derived(
    Boolean(this.connections?.whistl.has_key && this.connections.whistl.base_url),
  );

  constructor() {
    const left = app.shell?.first_run_step ?? "connect";
    this.looked = app.goingLive || left === "review" || left === "live";
    if (this.looked) this.at = "review";
    else if (left === "look_only") this.at = "look";
  }

  done(step: Step): boolean {
    switch (step) {
      case "cin7":
        return this.cin7;
      case "whistl":
        return this.whistl;
      case "look":
        return this.looked && (this.review?.ready ?? false);
      case "review":
        return this.#reviewed && this.done("look");
      case "live":
        return app.shell?.mode === "live";
    }
  }

  /** Whether what comes before it is done. A look that still reads can already be reviewed. */
  open(step: Step): boolean {
    switch (step) {
      case "cin7":
        return true;
      case "whistl":
        return this.cin7;
      case "look":
        return this.cin7 && this.whistl;
      case "review":
        return this.open("look") && this.looked;
      case "live":
        return this.open("review") && (this.review?.ready ?? false);
    }
  }

  go(step: Step): void {
    if (step === "live") this.#reviewed = true;
    this.at = step;
    void this.read();
  }

  /** Reads the connections anew and, once there is something, what was found. */
  async read(): Promise<void> {
    const asking = ++this.#asking;
    try {
      const first = this.connections === null;
      const connections = await backend.connections();
      const review = this.looked ? await backend.review() : this.review;
      if (asking !== this.#asking) return;
      this.connections = connections;
      this.review = review;
      this.fault = "";
      // One vendor may have been connected before the window was closed.
      if (first && this.at === "cin7" && this.cin7) this.at = "whistl";
    } catch (failure) {
      if (asking === this.#asking) this.fault = asUiError(failure).message;
    }
  }

  /** Begins to look. Throws what stands against it. */
  async look(): Promise<void> {
    this.review = await backend.lookOnly();
    this.looked = true;
  }
}
