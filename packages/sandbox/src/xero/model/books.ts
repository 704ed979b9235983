import type { Chance } from '../../core/chance.ts'
import type { VirtualClock } from '../../core/clock.ts'
import type { XeroSwitches } from '../switches.ts'
import { todayIn } from '../wire/dates.ts'
import type { AdvanceRow, CreditNoteRow } from './credit-rows.ts'
import { openingOrganisation, openSettings } from './opening.ts'
import type { PurchaseOrderRow } from './order-rows.ts'
import type { ContactRow, HistoryRow, InvoiceRow, ItemRow, PaymentRow, QuoteRow } from './rows.ts'
import type {
  AccountRow,
  BrandingThemeRow,
  CurrencyRow,
  OrganisationRow,
  TaxRateRow,
  TrackingCategoryRow,
  UserRow,
} from './settings-rows.ts'
import { Journal, type Row, Table } from './table.ts'

/** The last two are opted into one by one (xero.md 6). */
export const EVENT_CATEGORIES = ['CONTACT', 'INVOICE', 'CREDITNOTE', 'PREPAYMENT', 'OVERPAYMENT'] as const
export type EventCategory = (typeof EVENT_CATEGORIES)[number]

/** A change that webhooks tell about (xero.md 6). */
export interface BookEvent {
  readonly category: EventCategory
  readonly type: 'CREATE' | 'UPDATE'
  readonly resourceId: string
  readonly atMs: number
  readonly data?: Readonly<Record<string, string>>
}

export interface BooksParts {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly switches: XeroSwitches
  readonly tenantId: string
}

/** Bank accounts may lack a code and bills a number: '' finds none of them. */
const given = (key: string): readonly string[] => (key === '' ? [] : [key])

export type NumberPrefix = 'INV-' | 'QU-' | 'CN-' | 'PO-'

export type AdvanceTable = Table<AdvanceRow, 'contact' | 'invoice'>

/** One organisation's data: the only mutable state behind the Accounting API. */
export class Books {
  readonly tenantId: string
  readonly switches: XeroSwitches
  readonly journal = new Journal()
  readonly accounts: Table<AccountRow, 'code'>
  readonly taxRates: Table<TaxRateRow, never>
  readonly brandingThemes: Table<BrandingThemeRow, never>
  readonly currencies: Table<CurrencyRow, never>
  readonly users: Table<UserRow, never>
  readonly trackingCategories: Table<TrackingCategoryRow, never>
  readonly contacts: Table<ContactRow, 'name' | 'number'>
  readonly items: Table<ItemRow, 'code'>
  readonly invoices: Table<InvoiceRow, 'number' | 'contact' | 'item'>
  readonly creditNotes: Table<CreditNoteRow, 'number' | 'contact' | 'invoice'>
  readonly prepayments: AdvanceTable
  readonly overpayments: AdvanceTable
  readonly quotes: Table<QuoteRow, 'number' | 'contact'>
  readonly purchaseOrders: Table<PurchaseOrderRow, 'number' | 'contact'>
  /** `credit`: refunds of a credit note, a prepayment or an overpayment, by its id. */
  readonly payments: Table<PaymentRow, 'invoice' | 'credit'>
  readonly history = new Map<string, HistoryRow[]>()
  organisation: OrganisationRow
  readonly #parts: BooksParts
  readonly #nextNumbers = new Map<NumberPrefix, number>()
  #events: BookEvent[] = []
  #today = { minute: Number.NaN, date: '' }

  constructor(parts: BooksParts) {
    this.#parts = parts
    this.tenantId = parts.tenantId
    this.switches = parts.switches
    this.accounts = this.#table<AccountRow, 'code'>({ code: (row) => given(row.code) })
    this.taxRates = this.#table<TaxRateRow, never>({})
    this.brandingThemes = this.#table<BrandingThemeRow, never>({})
    this.currencies = this.#table<CurrencyRow, never>({})
    this.users = this.#table<UserRow, never>({})
    this.trackingCategories = this.#table<TrackingCategoryRow, never>({})
    this.contacts = this.#table<ContactRow, 'name' | 'number'>({
      name: (row) => [row.texts.Name.toLowerCase()],
      number: (row) => given(row.texts.ContactNumber),
    })
    this.items = this.#table<ItemRow, 'code'>({ code: (row) => [row.code] })
    this.invoices = this.#table<InvoiceRow, 'number' | 'contact' | 'item'>({
      number: (row) => given(row.number),
      contact: (row) => [row.contactId],
      item: (row) => row.lines.map((line) => line.itemCode).filter((code) => code !== ''),
    })
    this.creditNotes = this.#table<CreditNoteRow, 'number' | 'contact' | 'invoice'>({
      number: (row) => given(row.number),
      contact: (row) => [row.contactId],
      invoice: (row) => row.allocations.map((allocation) => allocation.invoiceId),
    })
    this.quotes = this.#table<QuoteRow, 'number' | 'contact'>({
      number: (row) => [row.number],
      contact: (row) => [row.contactId],
    })
    this.purchaseOrders = this.#table<PurchaseOrderRow, 'number' | 'contact'>({
      number: (row) => [row.number],
      contact: (row) => [row.contactId],
    })
    this.prepayments = this.#advances()
    this.overpayments = this.#advances()
    this.payments = this.#table<PaymentRow, 'invoice' | 'credit'>({
      invoice: (row) => given(row.invoiceId),
      credit: (row) => given(row.creditNoteId || row.prepaymentId || row.overpaymentId),
    })
    this.organisation = openingOrganisation(this.now())
    openSettings(this)
  }

  now(): number {
    return this.#parts.clock.now()
  }

  /** The organisation's calendar date; remembered for the minute, as formatting it is slow and lists ask often. */
  today(): string {
    const minute = Math.floor(this.now() / 60_000)
    if (this.#today.minute !== minute) {
      this.#today = { minute, date: todayIn(this.organisation.timeZone, this.now()) }
    }
    return this.#today.date
  }

  guid(): string {
    return this.#parts.chance.guid()
  }

  /** The next free automatic number; numbers of discarded drafts leave gaps (xero.md 7.21). */
  nextNumber(prefix: NumberPrefix, isTaken: (candidate: string) => boolean): string {
    for (let next = this.#nextNumbers.get(prefix) ?? 1; ; next += 1) {
      const candidate = `${prefix}${String(next).padStart(4, '0')}`
      if (isTaken(candidate)) continue
      this.#nextNumbers.set(prefix, next + 1)
      return candidate
    }
  }

  raise(event: BookEvent): void {
    this.#events.push(event)
    this.journal.record(() => {
      this.#events = this.#events.filter((other) => other !== event)
    })
  }

  takeEvents(): readonly BookEvent[] {
    const events = this.#events
    this.#events = []
    return events
  }

  addHistory(id: string, changes: string, details: string): void {
    const record = { atMs: this.now(), changes, user: 'System Generated', details }
    const records = this.history.get(id)
    if (records === undefined) this.history.set(id, [record])
    else records.push(record)
  }

  #table<R extends Row, Index extends string>(
    indexes: Readonly<Record<Index, (row: R) => readonly string[]>>,
  ): Table<R, Index> {
    const lagMs = () => Number(this.switches.get('listLag'))
    return new Table({ journal: this.journal, indexes, now: () => this.now(), lagMs })
  }

  #advances(): AdvanceTable {
    return this.#table<AdvanceRow, 'contact' | 'invoice'>({
      contact: (row) => [row.contactId],
      invoice: (row) => row.allocations.map((allocation) => allocation.invoiceId),
    })
  }
}
