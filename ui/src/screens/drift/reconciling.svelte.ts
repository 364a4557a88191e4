/** Reconcile now: asked from the header and from an empty table. */
import { app } from "../../app.svelte";
import { backend } from "../../backend";

class Reconciling {
  now = $state(false);
}

export const reconciling = new Reconciling();

export async function reconcile(): Promise<void> {
  if (reconciling.now) return;
  reconciling.now = true;
  try {
    app.say((await backend.reconcileNow()).text);
  } catch (failure) {
    app.fault(failure);
  } finally {
    reconciling.now = false;
  }
}
