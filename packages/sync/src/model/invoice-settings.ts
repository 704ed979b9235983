/** What a person may choose about the invoices of a connection (R24, R25, R27, R28, R30, R31). */
export interface InvoiceSettings {
  /** Status given to new Xero invoices, by whether the CRM calls them paid (R24). */
  readonly arrivalStatus: Readonly<Record<'paid' | 'unpaid', ArrivalStatus>>
  /** Values of Zoho's Status that mean "paid". Zoho has none by default: empty means that nothing is. */
  readonly paidStatuses: readonly string[]
  /** Whose name is on the Xero invoice (R25). */
  readonly customer: InvoiceCustomer
  /** The one Xero contact of `onlineSale`: by id, else by its exact name. Made in Xero by a person, never by us. */
  readonly onlineSale: { readonly contactId: string; readonly name: string }
  /** Who numbers an invoice that is born in the CRM (R27, R31a). One that is born in Xero keeps Xero's number. */
  readonly numbering: Numbering
  /** When an invoice without a due date falls due whose contact has no terms (R28); null: it has no due date. */
  readonly dueRule: DueTerms | null
  /** The CRM's number goes into Xero's Reference instead of the Subject (R30). */
  readonly numberInReference: boolean
  /** Xero invoices of another status stay out of the CRM until theirs is one of these (R31b). */
  readonly xeroStatuses: readonly XeroInvoiceStatus[]
  /** How an invoice that is made in the CRM goes to Xero: by itself, or with all of its day, one document a currency (R26). */
  readonly sending: Sending
  /** When `sending` was chosen anew, oldest first: an invoice goes as was chosen when it was made. Kept when settings are saved. */
  readonly sendingChanges: readonly SendingChange[]
}

export const SENDINGS = ['oneByOne', 'dailySummary'] as const
export type Sending = (typeof SENDINGS)[number]

export interface SendingChange {
  /** ISO instant. */
  readonly at: string
  readonly to: Sending
}

export const ARRIVAL_STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED'] as const
export type ArrivalStatus = (typeof ARRIVAL_STATUSES)[number]

/**
 * `original`: the contact person's own Xero contact where there is one, else the company's. `company`: the company's,
 * else the person's. `onlineSale`: one contact for all.
 */
export const INVOICE_CUSTOMERS = ['original', 'company', 'onlineSale'] as const
export type InvoiceCustomer = (typeof INVOICE_CUSTOMERS)[number]

/** `crm`: prefix and CRM number. `xero`: Xero's own. `both`: Xero's own, and the CRM's number as its Reference. */
export const NUMBERINGS = ['crm', 'xero', 'both'] as const
export type Numbering = (typeof NUMBERINGS)[number]

export const XERO_INVOICE_STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'] as const
export type XeroInvoiceStatus = (typeof XERO_INVOICE_STATUSES)[number]

export type DueTerms =
  | { readonly type: 'daysAfter'; readonly days: number }
  | { readonly type: 'daysAfterMonthEnd'; readonly days: number }
  /** A fixed day of the next month; the last one where that month is shorter. */
  | { readonly type: 'dayOfNextMonth'; readonly day: number }

/** What is owed of an invoice, by which CRM list views are made (R38b, R38c). Late money is Overdue, however much of it has come. */
export const PAYMENT_STATES = ['Unpaid', 'Partly paid', 'Paid', 'Overdue'] as const
export type PaymentState = (typeof PAYMENT_STATES)[number]

/** Cautious with ledgers (drafts), and nothing that is in force stays out. */
export const DEFAULT_INVOICE_SETTINGS: InvoiceSettings = {
  arrivalStatus: { paid: 'DRAFT', unpaid: 'DRAFT' },
  paidStatuses: [],
  customer: 'company',
  onlineSale: { contactId: '', name: 'Online Sale' },
  numbering: 'crm',
  dueRule: { type: 'daysAfter', days: 30 },
  numberInReference: false,
  xeroStatuses: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID'],
  sending: 'oneByOne',
  sendingChanges: [],
}
