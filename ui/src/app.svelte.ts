/**
 * What every screen shares: how the program stands, where the page is, what was just said.
 * No screen's own rows live here, and nothing is decided here that the program decides.
 */
import {
  asUiError,
  backend,
  onChanged,
  onDoing,
  onGo,
  onShell,
  type Changed,
  type Stop,
} from "./backend";
import type { Doing, Go, ListFilter, Shell, TodayView, Tone, UiError } from "./bindings";
import { clock } from "./clock.svelte";
import { scrolling } from "./scrolling";

export type Screen = Go["screen"];
/** A line that says what happened, and leads to the record it made. */
export type Toast = { id: number; tone: Tone; text: string; go: Go | null; link: string };

/** A place without a filter, an order or a section. */
export function place(screen: Screen, more: Partial<Omit<Go, "screen">> = {}): Go {
  return {
    screen,
    filter: null,
    confirmations: null,
    adjustments: null,
    number: null,
    section: null,
    ...more,
  };
}

/** A list without any narrowing. */
export function filterOf(tab: ListFilter["tab"], more: Partial<ListFilter> = {}): ListFilter {
  return { tab, owner: null, cause: null, channel: null, find: null, put_off: false, ...more };
}

const TOAST_SECONDS = 8;
const TOASTS = 4;

class App {
  /** `null` until the program has answered the first time. */
  shell = $state<Shell | null>(null);
  /** Why the program did not answer at all. */
  unanswered = $state<UiError | null>(null);
  today = $state.raw<TodayView | null>(null);
  todayFault = $state<UiError | null>(null);
  where = $state.raw<Go>(place("today"));
  /** Counts how often the program was asked to go somewhere: the same place twice is two visits. */
  visit = $state(0);
  toasts = $state<Toast[]>([]);
  /** The newest word of the action at work, or of the last one. */
  doing = $state.raw<Doing | null>(null);
  /** How often each kind of thing has changed: read one in an effect to read again with it. */
  changes = $state<Record<keyof Changed, number>>({
    orders: 0,
    activity: 0,
    settings: 0,
    attention: 0,
    calls: 0,
    stock: 0,
  });
  /** The first run's review is on screen although the program already works, to go live from. */
  goingLive = $state(false);
  /** Asked before the place changes; `false` stops it, to go on with what it is handed later. */
  leaving: ((go: () => void) => boolean) | null = null;
  /** What the screen says beside its title; empty for most. */
  beside = $state("");
  palette = $state(false);
  keyList = $state(false);

  #back: Go[] = [];
  #toast = 0;
  #early: Promise<TodayView> | null = null;
  #reading = false;
  #readAgain = false;

  /** The merchant's zone, for every time that is shown. */
  get zone(): string {
    return this.shell?.zone ?? "Europe/London";
  }

  /** Listens first, then tells the program so; the returned function stops listening. */
  async begin(): Promise<Stop> {
    const stops = [clock.run(), scrolling.watch()];
    try {
      stops.push(
        ...(await Promise.all([
          onChanged((changed) => scrolling.rested(() => this.#changed(changed))),
          onDoing((doing) => (this.doing = doing)),
          onGo((go) => this.go(go)),
          onShell((shell) => this.stand(shell)),
        ])),
      );
      const begun = backend.begin();
      // Asked for at once, since it is what most starts end with.
      this.#early = backend.today();
      this.#early.catch(() => undefined);
      await this.standing(begun);
    } catch (failure) {
      // Deaf to the program, the page would show a world that stands still.
      this.unanswered = asUiError(failure);
    }
    return () => stops.forEach((stop) => stop());
  }

  /** Takes over how the program stands after a command that answers with it. */
  async standing(answer: Promise<Shell>): Promise<void> {
    try {
      this.stand(await answer);
      this.unanswered = null;
    } catch (failure) {
      if (this.shell) this.fault(failure);
      else this.unanswered = asUiError(failure);
    }
  }

  stand(shell: Shell): void {
    const was = this.shell;
    this.shell = shell;
    document.documentElement.dataset["theme"] = shell.theme;
    clock.follow(
      shell.practice && { time: shell.practice.world_time, speed: shell.practice.speed },
    );
    if (was && (was.practice === null) !== (shell.practice === null)) {
      // Another world: nothing of the old one may stay on screen.
      this.leaving = null;
      this.today = null;
      this.doing = null;
      this.go(place("today"));
      this.#back = [];
      for (const kind of Object.keys(this.changes) as (keyof Changed)[]) this.changes[kind] += 1;
    }
    if (shell.standing === "working") void this.readToday();
  }

  /** Reads Today, once at a time: what changes meanwhile is read after it. */
  async readToday(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#readAgain = false;
        const early = this.#early;
        this.#early = null;
        this.today = await (early?.catch(() => backend.today()) ?? backend.today());
        this.todayFault = null;
      } while (this.#readAgain);
    } catch (failure) {
      this.todayFault = asUiError(failure);
    } finally {
      this.#reading = false;
    }
  }

  go(to: Go): void {
    if (to.screen !== this.where.screen && this.leaving?.(() => this.go(to)) === false) return;
    const from = this.where;
    if (from.screen !== to.screen || from.number !== to.number) {
      this.#back.push(from);
      if (this.#back.length > 50) this.#back.shift();
    }
    this.where = to;
    this.visit += 1;
  }

  back(): void {
    const to = this.#back.at(-1);
    if (!to) return;
    if (to.screen !== this.where.screen && this.leaving?.(() => this.back()) === false) return;
    this.#back.pop();
    this.where = to;
    this.visit += 1;
  }

  /** Says what happened, in a line that leaves by itself unless it is bad news. */
  say(text: string, more: { tone?: Tone; go?: Go; link?: string } = {}): void {
    const toast: Toast = {
      id: ++this.#toast,
      tone: more.tone ?? "ok",
      text,
      go: more.go ?? null,
      link: more.link ?? "Show",
    };
    this.toasts = [...this.toasts, toast].slice(-TOASTS);
    if (toast.tone !== "stop") setTimeout(() => this.unsay(toast.id), TOAST_SECONDS * 1000);
  }

  unsay(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  /** Says what went wrong with something that was asked for. */
  fault(failure: unknown): void {
    this.say(asUiError(failure).message, { tone: "stop" });
  }

  #changed(changed: Changed): void {
    for (const kind of Object.keys(this.changes) as (keyof Changed)[])
      if (changed[kind]) this.changes[kind] += 1;
    if (this.shell?.standing === "working") void this.readToday();
  }
}

export const app = new App();
