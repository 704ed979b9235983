const offsets = new Map<string, string>()
const formatters = new Map<string, Intl.DateTimeFormat>()
const HOUR_MS = 3_600_000

/** `YYYY-MM-DDTHH:mm:ss±HH:mm` in the reader's zone, whole seconds (zoho-crm.md 3.14). */
export function renderInstant(epochMs: number, timeZone: string): string {
  const offset = offsetAt(epochMs, timeZone)
  const sign = offset.startsWith('-') ? -1 : 1
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))
  return `${new Date(epochMs + sign * minutes * 60_000).toISOString().slice(0, 19)}${offset}`
}

/** Offsets change on the hour at most, so one look-up serves the whole hour. */
function offsetAt(epochMs: number, timeZone: string): string {
  const key = `${timeZone}|${Math.floor(epochMs / HOUR_MS)}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formatters.set(timeZone, formatter)
  }
  const name = formatter.formatToParts(epochMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const offset = name === 'GMT' ? '+00:00' : name.replace('GMT', '')
  if (offsets.size > 50_000) offsets.clear()
  offsets.set(key, offset)
  return offset
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/

/** Milliseconds of an ISO-8601 text that states its offset; undefined for anything else. */
export function parseInstant(text: string, zulu: 'accepted' | 'rejected' = 'accepted'): number | undefined {
  if (!INSTANT.test(text)) return undefined
  if (text.endsWith('Z') && zulu === 'rejected') return undefined
  const parsed = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(parsed) ? undefined : parsed
}

export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}

/** Zoho keeps whole seconds: two edits in one second share a Modified_Time (zoho-crm.md 3.6). */
export function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000
}
