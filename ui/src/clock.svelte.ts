/**
 * The page's one clock: everything that says "12 s ago" or "due in 1 h 12" reads `clock.now`,
 * which moves once a second. In practice mode it shows the practice world's time.
 */
class Clock {
  /** Milliseconds since 1970, of the world that is shown. */
  now = $state(Date.now());

  #anchor: { world: number; real: number; speed: number } | null = null;

  /** Shows the world's own time from here on, or the computer's for `null`. */
  follow(world: { time: string; speed: number } | null): void {
    this.#anchor = world && {
      world: Date.parse(world.time),
      real: Date.now(),
      speed: world.speed,
    };
    this.tick();
  }

  tick(): void {
    const real = Date.now();
    const anchor = this.#anchor;
    this.now = anchor ? anchor.world + (real - anchor.real) * anchor.speed : real;
  }

  /** Starts ticking; the returned function stops it. */
  run(): () => void {
    const timer = setInterval(() => this.tick(), 1000);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
