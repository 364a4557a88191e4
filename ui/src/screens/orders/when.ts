/** Moments to put an order off until, in the merchant's zone, whatever this computer's is. */
export type Choice = { word: "hour" | "afternoon" | "tomorrow"; at: string };

const HOUR = 3_600_000;

/** The quick choices that are still to come. */
export function choices(now: number, zone: string): Choice[] {
  const today = localDate(now, zone);
  const tomorrow = nextDay(today);
  const afternoon = instantOf(`${today}T14:00`, zone);
  return [
    { word: "hour", at: new Date(now + HOUR).toISOString() },
    ...(afternoon > now
      ? [{ word: "afternoon" as const, at: new Date(afternoon).toISOString() }]
      : []),
    { word: "tomorrow", at: new Date(instantOf(`${tomorrow}T09:00`, zone)).toISOString() },
  ];
}

/** "2026-11-25T09:00", as a date and time field has it, in that zone; NaN for no such text. */
export function instantOf(local: string, zone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return NaN;
  // The zone's distance from UTC is known only at a moment: guess, look, and look once more for
  // the hours round a change of the clocks.
  const guess = asUtc - offset(asUtc, zone);
  return asUtc - offset(guess, zone);
}

/** The moment as a date and time field has it, in that zone. */
export function localOf(at: number, zone: string): string {
  return new Date(at + offset(at, zone)).toISOString().slice(0, 16);
}

const localDate = (at: number, zone: string) => localOf(at, zone).slice(0, 10);

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T12:00Z`) + 24 * HOUR).toISOString().slice(0, 10);
}

/** How far the zone's clocks are ahead of UTC at that moment, in milliseconds. */
function offset(at: number, zone: string): number {
  const parts = formatter(zone).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return local - Math.floor(at / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string): Intl.DateTimeFormat {
  let format = formatters.get(zone);
  if (!format) {
    const options = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
    } as const;
    try {
      format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
    } catch {
      format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
    }
    formatters.set(zone, format);
  }
  return format;
}
