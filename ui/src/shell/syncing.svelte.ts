/** Sync now: asked from the header and from Ctrl+K. */
import { app } from "../app.svelte";
import { backend } from "../backend";

class Syncing {
  now = $state(false);
}

export const syncing = new Syncing();

export async function sync(): Promise<void> {
  if (syncing.now) return;
  syncing.now = true;
  try {
    app.say((await backend.syncNow()).text, { tone: "info" });
  } catch (failure) {
    app.fault(failure);
  } finally {
    syncing.now = false;
  }
}
