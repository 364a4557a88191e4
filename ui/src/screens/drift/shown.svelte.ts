/** The SKU below the table: the last one read stays until the next is there, so that nothing jumps. */
import { asUiError, backend } from "../../backend";
import type { DriftCard, UiError } from "../../bindings";

export class ShownSku {
  /** Its name; `null` when none is shown. */
  sku = $state<string | null>(null);
  card = $state.raw<DriftCard | null>(null);
  fault = $state.raw<UiError | null>(null);

  #asking: symbol | null = null;

  show(sku: string): void {
    if (this.sku === sku) return;
    this.sku = sku;
    this.fault = null;
    void this.read();
  }

  leave(): void {
    this.sku = null;
    this.card = null;
    this.fault = null;
  }

  /** Reads it; of several answers under way only the last counts. */
  async read(): Promise<void> {
    const sku = this.sku;
    if (sku === null) return;
    const asking = (this.#asking = Symbol());
    try {
      const card = await backend.driftCard(sku);
      if (this.#asking !== asking || this.sku !== sku) return;
      this.card = card;
      this.fault = null;
    } catch (failure) {
      if (this.#asking === asking && this.sku === sku) {
        this.card = null;
        this.fault = asUiError(failure);
      }
    }
  }
}
