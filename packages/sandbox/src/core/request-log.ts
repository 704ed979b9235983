/** Every call received, for tests that count calls and for the person who follows a demo. Secrets never enter it. */
export interface LoggedRequest {
  readonly sequence: number
  readonly atMs: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  status: number | 'dropped'
  responseBody: string
  /** Milliseconds (virtual) until the answer was ready. */
  durationMs: number
}

export interface RequestLog {
  open(entry: Omit<LoggedRequest, 'sequence' | 'status' | 'responseBody' | 'durationMs'>): LoggedRequest
  list(): readonly LoggedRequest[]
  /** Calls received in all, also those that the ring has dropped. */
  count(): number
  clear(): void
}

/** Bodies beyond this are cut in the log, so that a bench of 20,000 invoices stays in memory. */
export const LOGGED_BODY_LIMIT = 200_000
/** Entries kept; older ones fall out, the count goes on. */
export const LOGGED_REQUESTS_LIMIT = 20_000

const SECRET_HEADERS = new Set(['authorization', 'cookie'])

export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = []
  let sequence = 0
  return {
    open(entry) {
      sequence += 1
      const logged: LoggedRequest = {
        ...entry,
        headers: redact(entry.headers),
        body: entry.body.slice(0, LOGGED_BODY_LIMIT),
        sequence,
        status: 'dropped',
        responseBody: '',
        durationMs: 0,
      }
      entries.push(logged)
      if (entries.length > LOGGED_REQUESTS_LIMIT) entries = entries.slice(-LOGGED_REQUESTS_LIMIT / 2)
      return logged
    },
    list: () => entries,
    count: () => sequence,
    clear() {
      entries = []
      sequence = 0
    },
  }
}

function redact(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.has(name.toLowerCase()) ? '[secret]' : value]),
  )
}
