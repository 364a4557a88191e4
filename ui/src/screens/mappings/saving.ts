/** Saving an entry of a map, and saying what came of it. */
import { app } from "../../app.svelte";
import { backend } from "../../backend";
import type { MapKind } from "../../bindings";

/** The maps that have a tab. */
export type Shown = Extract<MapKind, "sku" | "service" | "carrier">;
export const kinds: readonly Shown[] = ["sku", "service", "carrier"];
export const isShown = (word: string | null): word is Shown => kinds.includes(word as Shown);

/** Saves and says what happens now; what is refused is thrown, for the field it is about. */
export async function save(kind: Shown, from: string, to: string, reason: string): Promise<void> {
  const saved = await backend.saveMap(kind, from, to, reason);
  app.say(saved.text);
  for (const warning of saved.warnings) app.say(warning, { tone: "warn" });
}
