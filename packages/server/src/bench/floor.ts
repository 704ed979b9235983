import type { System } from './result.ts'

/** Records per collection; `persons` are Zoho's Contacts. */
export interface Counts {
  readonly contacts: number
  readonly persons: number
  readonly items: number
  readonly invoices: number
}

export const NOTHING: Counts = { contacts: 0, persons: 0, items: 0, invoices: 0 }

export interface FloorInput {
  /** Calls that read both sides once, as the sandboxes themselves count them before the job. */
  readonly reads: Readonly<Record<System, number>>
  readonly creates: Readonly<Record<System, Counts>>
  /** Zoho records that were there before and now carry the Xero id: one update each. */
  readonly writeBacks: Counts
}

export interface Floor {
  readonly reads: number
  readonly creates: number
  readonly writeBacks: number
  readonly readBacks: number
  readonly approvalPoll: number
  readonly echo: number
  readonly total: number
}

export const XERO_BATCH = 50
export const ZOHO_BATCH = 100
export const XERO_PAGE = 1000
export const ZOHO_PAGE = 200

export const FLOOR_FORMULA: Readonly<Record<System, readonly string[]>> = {
  xero: [
    'reads         ceil(contacts / 1000) + 1 for items + ceil(invoices / 1000) + 6 settings',
    'creates       ceil(n / 50) per kind',
    'approval poll one list per collection: 3',
    'echo          one list of what we wrote: ceil(written / 1000) for contacts and invoices, 1 for items; 0 if nothing',
  ],
  zoho: [
    'reads         ceil(n / 200) for each of Accounts, Contacts, Products, Invoices + one GET per invoice for its lines',
    'creates       ceil(n / 100) for each of the four modules',
    'write-backs   ceil(n / 100) per kind: the Xero id on records that were there before',
    'read-backs    one GET per invoice created (each written document is read back once)',
    'approval poll one list and one deleted feed per module: 8',
    'echo          one list of what we wrote: ceil(written / 200) per module; 0 if nothing',
  ],
}

const COUNTED = ['contacts', 'persons', 'items', 'invoices'] as const
const pagesOf = (counts: Counts, page: number) => COUNTED.reduce((sum, kind) => sum + Math.ceil(counts[kind] / page), 0)

/** The fewest calls that plan, approval, writes and one catch-up can take (design section 10). Pure. */
export function floorOf(input: FloorInput): Readonly<Record<System, Floor>> {
  return { xero: xeroFloor(input), zoho: zohoFloor(input) }
}

function xeroFloor({ reads, creates }: FloorInput): Floor {
  // Xero's persons travel inside their contact, items are never paged.
  const made: Counts = { ...creates.xero, persons: 0 }
  const echo = pagesOf({ ...made, items: Math.min(made.items, 1) }, XERO_PAGE)
  return totalled({
    reads: reads.xero,
    creates: pagesOf(made, XERO_BATCH),
    writeBacks: 0,
    readBacks: 0,
    approvalPoll: POLL_CALLS.xero,
    echo,
  })
}

function zohoFloor({ reads, creates, writeBacks }: FloorInput): Floor {
  const made = creates.zoho
  const written: Counts = {
    contacts: made.contacts + writeBacks.contacts,
    persons: made.persons + writeBacks.persons,
    items: made.items + writeBacks.items,
    invoices: made.invoices + writeBacks.invoices,
  }
  return totalled({
    reads: reads.zoho,
    creates: pagesOf(made, ZOHO_BATCH),
    writeBacks: pagesOf(writeBacks, ZOHO_BATCH),
    readBacks: made.invoices,
    approvalPoll: POLL_CALLS.zoho,
    echo: pagesOf(written, ZOHO_PAGE),
  })
}

/** One pass in which nothing changed: a list per collection, and Zoho's deleted feeds. */
export const POLL_CALLS: Readonly<Record<System, number>> = { xero: 3, zoho: 8 }

function totalled(parts: Omit<Floor, 'total'>): Floor {
  return { ...parts, total: Object.values(parts).reduce((sum, calls) => sum + calls, 0) }
}
