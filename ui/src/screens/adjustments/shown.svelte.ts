/** The adjustment in the detail pane: what the list knows of it at once, the rest when it is read. */
import { asUiError, backend } from "../../backend";
import type { AdjustmentPage, AdjustmentRow, UiError } from "../../bindings";

export class ShownAdjustment {
  /** Its name; `null` when none is shown. */
  id = $state<string | null>(null);
  page = $state.raw<AdjustmentPage | null>(null);
  row = $state.raw<AdjustmentRow | null>(null);
  fault = $state.raw<UiError | null>(null);

  #asking: symbol | null = null;

  show(id: string, row: AdjustmentRow | null = null): void {
    if (row) this.row = row;
    if (this.id === id) return;
    this.id = id;
    this.row = row;
    this.page = null;
    this.fault = null;
    void this.read();
  }

  leave(): void {
    this.id = null;
    this.page = null;
    this.row = null;
  }

  /** Reads it; of several answers under way only the last counts. */
  async read(): Promise<void> {
    const id = this.id;
    if (id === null) return;
    const asking = (this.#asking = Symbol());
    try {
      const page = await backend.adjustment(id);
      if (this.#asking !== asking || this.id !== id) return;
      this.page = page;
      this.fault = null;
    } catch (failure) {
      if (this.#asking === asking && this.id === id) this.fault = asUiError(failure);
    }
  }
}
