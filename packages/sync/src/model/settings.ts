import type { BillRole, BillSettings } from './bill-settings.ts'
import type { ArrivalStatus, InvoiceSettings } from './invoice-settings.ts'
import type { CustomerModel, Kind, NewXeroContacts } from './kind.ts'
import type { MappingDocument } from './mapping-document.ts'
import type { Side } from './side.ts'

/** Everything a person may choose about a connection. Stored versioned; what older releases stored is completed by `completeSettings`. */
export interface ConnectionSettings {
  /** Kill switch (R16) and per-kind power (R11), direction (C4) and verbs (R12). */
  readonly allowSync: boolean
  readonly kinds: Readonly<Record<Kind, KindSettings>>
  readonly customerModel: CustomerModel
  /** A Xero contact that nobody in the CRM is, and that has no document yet, may arrive as a lead (R13b). */
  readonly newXeroContacts: NewXeroContacts
  /** Xero contacts that are suppliers only come in too (design section 4). */
  readonly includeSuppliers: boolean
  /** `ticked`: a Zoho invoice goes to Xero only with its "Add to Xero" box ticked (R05b). `all`: the box is ignored. */
  readonly addToXero: 'ticked' | 'all'
  readonly invoice: InvoiceSettings
  /** Zoho's billing address goes to Xero's delivery address and the other way round (R29). */
  readonly swapAddresses: boolean
  /** Put before the CRM's invoice number, at most 4 characters (R23). */
  readonly invoicePrefix: string
  /** Put before the CRM's quote number, like `invoicePrefix` before its invoice number (R32). */
  readonly quotePrefix: string
  readonly quoteStatusMap: QuoteStatusMap
  /** `draftOnly`: CRM edits flow to DRAFT and SUBMITTED (R36). `editMatrix`: what Xero still accepts (xero.md 4.3). */
  readonly lockRule: 'draftOnly' | 'editMatrix'
  /** E-mail of the Zoho user who owns what is made there from Xero; '' leaves it to whoever connected (R21j). */
  readonly defaultOwnerEmail: string
  /** A product that Xero lacks: make the item, or make none and write its lines without one (R39). */
  readonly missingItems: 'create' | 'describe'
  /** Are `abc` and `ABC` one product code (R18d)? */
  readonly itemCodeCase: 'ignore' | 'exact'
  /** Ledger accounts of items that are made in Xero (R40). */
  readonly itemAccounts: ItemAccounts
  /** Revenue account for lines without an item; '' until a person chooses (certification: never assumed). */
  readonly salesAccountCode: string
  /** Sets of Zoho tax ids (sorted) to one Xero TaxType; `[]` is "no tax on the row". First match per TaxType is the inverse. */
  readonly taxMap: readonly TaxMapping[]
  /** Largest difference in document currency that a rounding line or Adjustment may carry; '0' holds every difference. */
  readonly roundingLimit: string
  /** Header discounts and document taxes of Zoho have no equal in Xero: hold, or spread over the lines. */
  readonly headerDiscount: 'hold' | 'spread'
  /** Who wins when a first link finds different values (design section 4). */
  readonly firstLinkWinner: Side
  /** Overrides of the default mapping, by `kind.field`. */
  readonly fieldPolicies: Readonly<Record<string, FieldPolicyOverride>>
  /** Fields that a person has mapped beside or in the place of the default ones (R20, R21). */
  readonly mapping: MappingDocument
  readonly guard: GuardSettings
  /** Real API names and ids that connect provisioned and read back (R05, zoho-crm.md 5). */
  readonly provisioned: Provisioned
  readonly quietSeconds: number
  readonly wonDeals: WonDealSettings
  readonly overdueTasks: OverdueTaskSettings
  /**
   * Code or id of the Xero account into which payments go that are typed in the CRM; '' until a person chooses
   * (certification: never assumed). They go at all where `kinds.payment.xero.create` and its direction say so.
   */
  readonly paymentAccountCode: string
  /** ISO instant: what was typed in the CRM before is never recorded in Xero. Set when that is switched on; '' is no limit. */
  readonly paymentsSince: string
  /** What a delete switch of the CRM does with the record of what Xero has deleted, voided or archived (R12c). */
  readonly deletedInXero: 'flag' | 'recycle'
  /** Whether a person has made the CRM's list views of invoices by payment, which no API can make (R38b). */
  readonly listViews: 'toMake' | 'made'
  readonly bill: BillSettings
  /** Where `/r/<link id>` lives; goes into Xero's Url. '' leaves Url out. */
  readonly publicUrl: string
}

/** Deals of the CRM that become invoices when they reach a stage (R37). */
export interface WonDealSettings {
  readonly isOn: boolean
  /** Names of stages as Zoho shows them; chosen by a person, because admins rename them. */
  readonly stages: readonly string[]
  /** Status of the Xero invoice that is made. */
  readonly status: ArrivalStatus
  /** The deal's newest accepted quote; without one its products at their prices; without any one line with its Amount. */
  readonly lines: 'quoteThenProducts'
  /**
   * ISO instant. A deal that stands in such a stage and was not modified since is left alone for good: it was won before
   * this was switched on. '' bills every deal that is won, however long ago.
   */
  readonly since: string
}

/** A task in the CRM for the owner of an invoice that becomes overdue (R38c). */
export interface OverdueTaskSettings {
  readonly isOn: boolean
  /** Plain date: invoices that fell due before are left alone. Set to today when this is switched on; '' is no limit. */
  readonly since: string
}

/** What Xero knows of a quote's life (xero.md 4.4). */
export type XeroQuoteStatus = 'DRAFT' | 'SENT' | 'ACCEPTED' | 'DECLINED' | 'INVOICED' | 'DELETED'

/** Quote Stage of the CRM <-> status in Xero. What a table does not have holds its quote for a person (R21f, R32). */
export interface QuoteStatusMap {
  /** By stage. INVOICED is no choice: whoever makes the invoice in Xero sets it, and it comes back. */
  readonly toXero: Readonly<Record<string, 'DRAFT' | 'SENT' | 'ACCEPTED' | 'DECLINED'>>
  readonly toZoho: Readonly<Partial<Record<XeroQuoteStatus, string>>>
}

export interface KindSettings {
  readonly isOn: boolean
  readonly direction: 'both' | 'zohoToXero' | 'xeroToZoho'
  /** Verbs allowed on the target side. */
  readonly zoho: VerbSwitches
  readonly xero: VerbSwitches
}

export interface VerbSwitches {
  readonly create: boolean
  readonly update: boolean
  readonly delete: boolean
}

/** By whether the product keeps stock: its Qty in Stock is filled in. */
export interface ItemAccounts {
  readonly stocked: AccountPair
  readonly unstocked: AccountPair
}

/** Codes; '' as income leaves it to `salesAccountCode`, as expense to the bookkeeper. */
export interface AccountPair {
  readonly income: string
  readonly expense: string
}

export interface TaxMapping {
  readonly zohoTaxIds: readonly string[]
  readonly xeroTaxType: string
}

export interface FieldPolicyOverride {
  readonly policy?: FieldPolicy
  readonly direction?: 'both' | 'zohoToXero' | 'xeroToZoho' | 'off'
  readonly blankErases?: boolean
}

export type FieldPolicy = 'zoho' | 'xero' | 'newest' | 'ask'

export interface GuardSettings {
  readonly creates: GuardLimit
  readonly updates: GuardLimit
  readonly deletes: GuardLimit
  readonly deletesPerDay: number
  readonly sameValue: GuardLimit
  readonly absent: GuardLimit
}

/** Hold above max(count, percent of the kind's links). */
export interface GuardLimit {
  readonly count: number
  readonly percent: number
}

export interface Provisioned {
  /** Unique cross-reference field per Zoho module, e.g. `{ Accounts: 'Xero_ID' }`. */
  readonly xeroId: Readonly<Record<string, string>>
  /** Checkbox per Zoho module that says that Xero has put the record away; made where a delete switch flags (R12c). */
  readonly deletedInXero: Readonly<Record<string, string>>
  readonly addToXero: string
  readonly xeroInvoiceNumber: string
  readonly xeroInvoiceUrl: string
  readonly xeroQuoteNumber: string
  readonly brandingTheme: string
  /** What Xero knows of the money of an invoice (R38c), for list views. */
  readonly amountDue: string
  readonly amountPaid: string
  readonly xeroStatus: string
  readonly paymentState: string
  /** Written together with another field only (design section 8). */
  readonly lastSynced: string
  /** Checkbox on Zoho Contacts that marks the primary person. */
  readonly primaryContact: string
  /** What a won deal shows of its invoice: number, deep link, and Xero's id. */
  readonly dealInvoiceNumber: string
  readonly dealInvoiceUrl: string
  readonly dealInvoiceId: string
  /** The product that carries Xero lines without an item. */
  readonly serviceProductId: string
  /** Fields of the module for payments, by what they hold. '' where the edition has no custom modules. */
  readonly payment: Readonly<Record<PaymentRole, string>>
  /** Those of the module for credit notes. */
  readonly creditNote: Readonly<Record<CreditNoteRole, string>>
  /** The same of the module for ledger accounts. */
  readonly account: Readonly<Record<AccountRole, string>>
  /** Fields of purchase orders that show their bill. */
  readonly bill: Readonly<Record<BillRole, string>>
}

export const PAYMENT_ROLES = [
  'invoice',
  'amount',
  'date',
  'account',
  'reference',
  'status',
  'currency',
  'type',
  'creditNote',
] as const
export type PaymentRole = (typeof PAYMENT_ROLES)[number]

/** What settles an invoice, by the words that the CRM shows (R38a); a refund settles the credit note instead. */
export const PAYMENT_TYPES = ['Payment', 'Credit note', 'Prepayment', 'Overpayment', 'Refund'] as const
export type PaymentType = (typeof PAYMENT_TYPES)[number]

export const CREDIT_NOTE_ROLES = [
  'customer',
  'date',
  'status',
  'currency',
  'total',
  'remaining',
  'refunded',
  'reference',
  'url',
  'description',
  'tax',
] as const
export type CreditNoteRole = (typeof CREDIT_NOTE_ROLES)[number]
export const ACCOUNT_ROLES = ['code', 'type', 'class', 'taxType', 'status', 'description', 'takesPayments'] as const
export type AccountRole = (typeof ACCOUNT_ROLES)[number]
