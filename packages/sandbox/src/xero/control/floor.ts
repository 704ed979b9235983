import type { Books } from '../model/books.ts'

const PAGE = 1000
const WRITE_BATCH = 50
/** Organisation, accounts, tax rates, currencies, branding themes, users. */
const SETTINGS_CALLS = 6

/** The fewest calls a client can need for what these books hold; plain numbers, for benches to compare with. */
export interface Floor {
  readonly reads: {
    /** ceil(contacts / 1000), archived ones included. */
    readonly contacts: number
    /** Always 1: items are never paged. */
    readonly items: number
    /** ceil(sales invoices / 1000). */
    readonly invoices: number
    readonly settings: number
    readonly total: number
  }
  /** For `?contacts=N&items=N&invoices=N`: ceil(N / 50) calls each to create that many. */
  readonly writes: {
    readonly contacts: number
    readonly items: number
    readonly invoices: number
    readonly total: number
  }
}

export function floorOf(books: Books, creates: URLSearchParams): Floor {
  const sales = books.invoices.all().filter((row) => row.type === 'ACCREC').length
  const contacts = Math.ceil(books.contacts.size / PAGE)
  const invoices = Math.ceil(sales / PAGE)
  const calls = (kind: string) => Math.ceil((Number(creates.get(kind) ?? '0') || 0) / WRITE_BATCH)
  const writes = { contacts: calls('contacts'), items: calls('items'), invoices: calls('invoices') }
  return {
    reads: { contacts, items: 1, invoices, settings: SETTINGS_CALLS, total: contacts + 1 + invoices + SETTINGS_CALLS },
    writes: { ...writes, total: writes.contacts + writes.items + writes.invoices },
  }
}
