import { Temporal } from 'temporal-polyfill'

/** The instant (epoch milliseconds) at which a plain date is over where the books are kept: the next midnight there. */
export function dayEndsAt(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
}
