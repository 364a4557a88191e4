/**
 * How numbers, money and times are written: British English, a real minus sign, the merchant's
 * zone. Pure; "now" is handed in. Sentences are not made here.
 */

const MINUS = "−";
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const minus = (text: string) => text.replace(/^-/, MINUS);

const wholeNumber = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const decimalNumber = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 });

/** 2316 → "2,316". */
export function count(value: number): string {
  return minus(wholeNumber.format(value));
}

/** "4.0000" → "4", "0.5000" → "0.5". */
export function quantity(value: string): string {
  return isNumber(value) ? minus(decimalNumber.format(value as `${number}`)) : value;
}

/** "84.5", "GBP" → "£84.50". What is no number is shown as it came. */
export function money(value: string, currency: string): string {
  if (!isNumber(value)) return value;
  const number = value as `${number}`; // A string, so that no penny is lost to floating point.
  if (/^[A-Z]{3}$/.test(currency)) return minus(currencyFormat(currency).format(number));
  return `${minus(twoDecimals.format(number))} ${currency}`.trim();
}

/** "1 order", "3 orders". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A length of time, in the two largest units that say enough: "12 s", "4 min", "1 h 12", "1 d 3 h". */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  const hours = Math.floor(whole / HOUR);
  if (whole < DAY) {
    const minutes = Math.floor((whole % HOUR) / MINUTE);
    return minutes ? `${hours} h ${String(minutes).padStart(2, "0")}` : `${hours} h`;
  }
  const days = Math.floor(whole / DAY);
  return hours % 24 && days < 10 ? `${days} d ${hours % 24} h` : `${days} d`;
}

/** "12 s ago"; "just now" for what a clock slightly off puts in the future. */
export function ago(instant: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(instant)) / 1000);
  return seconds < 1 ? "just now" : `${span(seconds)} ago`;
}

/** "in 20 s", or "now" once it is there. */
export function until(instant: string, now: number): string {
  const seconds = Math.ceil((Date.parse(instant) - now) / 1000);
  return seconds < 1 ? "now" : `in ${span(seconds)}`;
}

/** How long an order has: "due in 1 h 12", "due tomorrow", "due Thu", "2 h 10 late". */
export function due(instant: string, now: number, zone: string): string {
  const left = Math.floor((Date.parse(instant) - now) / 1000);
  if (left < 0) return `${span(-left)} late`;
  const days = daysApart(now, Date.parse(instant), zone);
  if (days === 0 || left < 6 * HOUR) return `due in ${span(left)}`;
  if (days === 1) return "due tomorrow";
  return `due ${dayName(Date.parse(instant), now, zone)}`;
}

/** "14:48", with the date, and then without seconds, when it is not today: "24 Nov, 14:48". */
export function time(instant: string, now: number, zone: string, seconds = false): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return instant;
  const today = daysApart(now, at, zone) === 0;
  const clock = formatter(zone, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(seconds && today ? { second: "2-digit" } : {}),
  }).format(at);
  return today ? clock : `${date(instant, now, zone)}, ${clock}`;
}

/** "24 Nov", with the year when it is another one. */
export function date(instant: string, now: number, zone: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return instant;
  return formatter(zone, {
    day: "numeric",
    month: "short",
    ...(year(at, zone) === year(now, zone) ? {} : { year: "numeric" }),
  })
    .format(at)
    .replace("Sept", "Sep");
}

/** "today, 16:00", "tomorrow, 16:00", "Thu, 16:00", "3 Dec, 16:00". */
export function dayAndTime(instant: string, now: number, zone: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return instant;
  const clock = time(instant, at, zone);
  return `${dayName(at, now, zone)}, ${clock}`;
}

/** "today", "tomorrow", "yesterday", "Thu" within the week, "3 Dec" beyond. */
export function dayName(at: number, now: number, zone: string): string {
  const days = daysApart(now, at, zone);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days === -1) return "yesterday";
  if (days > 1 && days < 7) return formatter(zone, { weekday: "short" }).format(at);
  return date(new Date(at).toISOString(), now, zone);
}

/** "Tue 14:48": the time of a world that need not be in today. */
export function weekdayAndTime(at: number, zone: string): string {
  const options = {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  } as const;
  return formatter(zone, options).format(at).replace(",", "");
}

/** "Europe/London" → "London time". */
export function zoneName(zone: string): string {
  const city = zone.split("/").at(-1) ?? zone;
  return zone.includes("/") ? `${city.replaceAll("_", " ")} time` : zone;
}

/** Local midnights between two moments; negative when the second lies before. */
export function daysApart(from: number, to: number, zone: string): number {
  return Math.round((localMidnight(to, zone) - localMidnight(from, zone)) / (DAY * 1000));
}

const isNumber = (value: string) => /^-?\d+(\.\d+)?$/.test(value);

const twoDecimals = new Intl.NumberFormat("en-GB", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

const currencies = new Map<string, Intl.NumberFormat>();
function currencyFormat(currency: string): Intl.NumberFormat {
  let format = currencies.get(currency);
  if (!format) {
    format = new Intl.NumberFormat("en-GB", { style: "currency", currency });
    currencies.set(currency, format);
  }
  return format;
}

// Making a formatter takes a thousand times as long as using one, and lists use many.
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let format = formatters.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: known(zone) });
    formatters.set(key, format);
  }
  return format;
}

/** The zone if this computer's tables know it, else UTC: a wrong name must not blank a screen. */
function known(zone: string): string {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

function localDate(at: number, zone: string): { year: number; month: number; day: number } {
  const parts = formatter(zone, {
    year: "numeric",
    month: "numeric",
    day: "numeric",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return { year: part("year"), month: part("month"), day: part("day") };
}

const year = (at: number, zone: string) => localDate(at, zone).year;

/** The local date's midnight, as if in UTC, so that days can be counted without summer time. */
function localMidnight(at: number, zone: string): number {
  const { year, month, day } = localDate(at, zone);
  return Date.UTC(year, month - 1, day);
}
