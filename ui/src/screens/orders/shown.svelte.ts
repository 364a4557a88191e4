/**
 * The order in the detail pane. What the list already knows of it is shown at once; the rest
 * follows. While the cursor runs down the list only the last order it rests on is read.
 */
import { asUiError, backend } from "../../backend";
import type { OrderPage, OrderRow, UiError } from "../../bindings";

export class ShownOrder {
  /** Its number; `null` when none is shown. */
  number = $state<string | null>(null);
  page = $state.raw<OrderPage | null>(null);
  /** What the list says of it, until its page is there. */
  row = $state.raw<OrderRow | null>(null);
  fault = $state.raw<UiError | null>(null);

  #reading = false;
  #again = false;

  show(number: string, row: OrderRow | null = null): void {
    if (this.number === number) {
      if (row) this.row = row;
      return;
    }
    this.number = number;
    this.row = row;
    this.page = null;
    this.fault = null;
    void this.read();
  }

  leave(): void {
    this.number = null;
    this.page = null;
    this.row = null;
  }

  /** Takes over a page that a command answered with. */
  take(page: OrderPage): void {
    if (page.number === this.number) this.page = page;
  }

  /** Reads the order, one question at a time; what is asked meanwhile is asked after it. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#again = false;
        const number = this.number;
        if (number === null) return;
        await this.#readOne(number);
        if (this.number !== number) this.#again = true;
      } while (this.#again);
    } finally {
      this.#reading = false;
    }
  }

  async #readOne(number: string): Promise<void> {
    try {
      const page = await backend.order(number);
      if (this.number !== number) return;
      this.page = page;
      this.fault = null;
    } catch (failure) {
      if (this.number === number) this.fault = asUiError(failure);
    }
  }
}
