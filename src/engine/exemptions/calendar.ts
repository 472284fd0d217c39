/** Days as `YYYY-MM-DD`, in UTC. */

const DAY = 86_400_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

/** Whether a text is a day of the calendar: `2026-02-30` is none. */
export function isDay(text: unknown): text is string {
  return typeof text === 'string' && PATTERN.test(text) && dayOf(milliseconds(text)) === text;
}

/** Whole days from one day to another; negative where the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return (milliseconds(to) - milliseconds(from)) / DAY;
}

/**
 * The day that end dates are held against. `SOURCE_DATE_EPOCH` (in seconds) sets it, for builds that give the same result any day.
 *
 * @see https://reproducible-builds.org/docs/source-date-epoch/
 */
export function today(environment: { readonly SOURCE_DATE_EPOCH?: string | undefined }, now: number): string {
  const given = environment.SOURCE_DATE_EPOCH?.trim() ?? '';
  return dayOf(isEpoch(given) ? Number(given) * 1000 : now);
}

/** Whether a text is a number of seconds since 1970 whose day has four digits for the year. */
export function isEpoch(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= LAST_SECOND;
}

function milliseconds(day: string): number {
  const [year, month, date] = PATTERN.exec(day)!.slice(1).map(Number);
  return new Date(0).setUTCFullYear(year, month - 1, date); // `Date.UTC` takes the years 0 to 99 for 1900 to 1999
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
