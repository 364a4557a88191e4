/** Pausing and resuming what is sent: asked from the sidebar, from Ctrl+K and from the banner. */
import { app } from "../app.svelte";
import { backend } from "../backend";
import { pause as words } from "../words/shell";

class Pausing {
  asked = $state(false);
  busy = $state(false);
  fault = $state("");
}

export const pausing = new Pausing();

/** Resumes at once; pausing first asks why. */
export function turnSending(): void {
  if (app.today?.paused) void resume();
  else {
    pausing.fault = "";
    pausing.asked = true;
  }
}

export async function resume(): Promise<void> {
  try {
    await backend.resume();
    app.say(words.resumed);
    await app.readToday();
  } catch (failure) {
    app.fault(failure);
  }
}

export async function pause(reason: string): Promise<void> {
  pausing.busy = true;
  try {
    await backend.pause(reason);
    pausing.asked = false;
    app.say(words.done);
    await app.readToday();
  } catch (failure) {
    pausing.fault = (failure as Error).message;
  } finally {
    pausing.busy = false;
  }
}
