import type { Value, ValueObject } from '../../model/value.ts'

/** Xero's JSON as the engine's values (xero.md 2.5). Input comes from parseDecimalJson: numbers are text already. */

const MS_DATE = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/
const ISO_DATE = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+)?(Z)?$/

/** Midnight UTC of the organisation's own day: the UTC date IS the calendar date, in no zone. */
const CALENDAR_FIELDS = new Set([
  'Date',
  'DueDate',
  'ExpiryDate',
  'FullyPaidOnDate',
  'ExpectedPaymentDate',
  'PlannedPaymentDate',
  'PeriodLockDate',
  'EndOfYearLockDate',
])

const INSTANT_FIELDS = new Set(['UpdatedDateUTC', 'CreatedDateUTC'])

/** Verdicts on a write, not content: an echoed line must not carry them back. */
const VERDICT_FIELDS = new Set([
  'StatusAttributeString',
  'HasErrors',
  'HasValidationErrors',
  'ValidationErrors',
  'Warnings',
])

/** A row's content in Xero's own names: calendar dates `YYYY-MM-DD`, instants ISO with ms, decimals as text. */
export function toFields(row: object): ValueObject {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([key]) => !VERDICT_FIELDS.has(key))
      .map(([key, raw]) => [key, toValue(key, raw)]),
  )
}

function toValue(key: string, raw: unknown): Value {
  if (typeof raw === 'string') return toText(key, raw)
  if (typeof raw === 'boolean') return raw
  if (Array.isArray(raw)) return raw.map((element) => toValue('', element))
  return typeof raw === 'object' && raw !== null ? toFields(raw) : null
}

/** Only fields known to be dates: a description may well read like one. */
function toText(key: string, text: string): string {
  if (CALENDAR_FIELDS.has(key)) return plainDateOf(text) ?? text
  if (INSTANT_FIELDS.has(key)) return instantOf(text) ?? text
  return text
}

/** `2026-10-06` from `/Date(1791244800000+0000)/` or `2026-10-06T00:00:00`; undefined when it is no date. */
export function plainDateOf(text: string): string | undefined {
  const milliseconds = MS_DATE.exec(text)?.[1]
  if (milliseconds === undefined) return ISO_DATE.exec(text)?.[1]
  return isoOf(Number(milliseconds))?.slice(0, 10)
}

/** `2026-10-06T03:15:20.123Z`; a text without zone is UTC. undefined when it is no instant. */
export function instantOf(text: string): string | undefined {
  const milliseconds = MS_DATE.exec(text)?.[1]
  if (milliseconds !== undefined) return isoOf(Number(milliseconds))
  return ISO_DATE.test(text) ? isoOf(Date.parse(/T[^Z]*$/.test(text) ? `${text}Z` : text)) : undefined
}

function isoOf(epochMs: number): string | undefined {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** `If-Modified-Since` wants UTC in whole seconds without zone (xero.md 2.4). */
export function modifiedSinceHeader(since: string): string {
  return since.slice(0, 19)
}
