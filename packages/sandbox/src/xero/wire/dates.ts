/** Calendar dates are `YYYY-MM-DD` of the organisation's day; on the wire they are midnight UTC of it (xero.md 2.5). */
export const plainDateMs = (date: string): number => Date.parse(`${date}T00:00:00Z`)
export const plainDateOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10)

const formatters = new Map<string, Intl.DateTimeFormat>()

/** The plain date that is shown on a wall calendar of that zone at that instant. */
export function todayIn(timeZone: string, epochMs: number): string {
  const known = formatters.get(timeZone)
  const formatter = known ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  if (known === undefined) formatters.set(timeZone, formatter)
  return formatter.format(epochMs)
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** `31 October 2026`. */
export function longDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`
}

/** `2026-10-06T03:15:20Z`. */
export const isoSeconds = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`
/** `2026-10-01T02:11:09.4471230`, as /connections writes it: no zone, 7 decimals. */
export const isoSevenDecimals = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, -1)}0000`
/** `2026-10-06T03:15:21.198`, as webhook events write it: no zone. */
export const isoNoZone = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, -1)

const MS_DATE = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/
const PLAIN_DATE = /^(\d{4}-\d{2}-\d{2})(T[\d:.]*(Z|[+-]\d{2}:\d{2})?)?$/

/** Reads the forms a client may send for a calendar date; undefined when it is none. */
export function parsePlainDate(text: string): string | undefined {
  const ms = MS_DATE.exec(text)?.[1]
  if (ms !== undefined) return plainDateOf(Number(ms))
  const date = PLAIN_DATE.exec(text)?.[1]
  if (date === undefined) return undefined
  const epochMs = plainDateMs(date)
  return Number.isNaN(epochMs) || plainDateOf(epochMs) !== date ? undefined : date
}

/** Reads `If-Modified-Since`: ISO with or without milliseconds and zone (UTC when absent), or an HTTP date. */
export function parseInstant(text: string): number | undefined {
  const iso = /^\d{4}-\d{2}-\d{2}(T[\d:.]+)?$/.test(text) ? Date.parse(text.length === 10 ? text : `${text}Z`) : NaN
  const epochMs = Number.isNaN(iso) ? Date.parse(text) : iso
  return Number.isNaN(epochMs) ? undefined : epochMs
}
