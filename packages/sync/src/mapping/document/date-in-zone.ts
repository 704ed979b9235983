const FORMATS = new Map<string, Intl.DateTimeFormat>()

/** The plain date of an instant (ISO 8601) where an organisation is. Making a format is slow, and every record asks. */
export function dateInZone(instant: string, timeZone: string): string {
  const format = FORMATS.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, ...DAY })
  FORMATS.set(timeZone, format)
  return format.format(Date.parse(instant))
}

const DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
