import type { Side } from './side.ts'

/** What a link keeps in step, parents first: a document names a contact and items (design section 4, ranks). */
export const KINDS = [
  'contact',
  'item',
  'quote',
  'invoice',
  'creditNote',
  'payment',
  'vendor',
  'bill',
  'account',
] as const
export type Kind = (typeof KINDS)[number]

/**
 * The remote's own collection names, as they stand in its URLs. `Xero...` are custom modules that connect makes in Zoho.
 * `LedgerAccounts` stands for Xero's `Accounts`: that name is Zoho's companies here (C8).
 * `Allocations` stand inside the credit that they are of, and have no list of their own (`model/allocation.ts`).
 * `Suppliers` are Xero's Contacts as those from whom is bought, `Bills` its Invoices of Type ACCPAY: two roles of one
 * contact may have a link each, and a record in one role is still in one link only (`docs/adr/0007-suppliers-and-bills.md`).
 */
export type ZohoCollection =
  | 'Accounts'
  | 'Contacts'
  | 'Products'
  | 'Quotes'
  | 'Invoices'
  | 'XeroCreditNotes'
  | 'XeroPayments'
  | 'XeroAccounts'
  | 'Deals'
  | 'Leads'
  | 'Tasks'
  | 'Vendors'
  | 'Purchase_Orders'
export type XeroCollection =
  | 'Contacts'
  | 'Items'
  | 'Quotes'
  | 'Invoices'
  | 'CreditNotes'
  | 'Prepayments'
  | 'Overpayments'
  | 'Payments'
  | 'Allocations'
  | 'Suppliers'
  | 'Bills'
  | 'LedgerAccounts'
export type Collection = ZohoCollection | XeroCollection

/** What the engine must know of a kind; its fields and rules are in `mapping/<kind>`. */
export interface KindTraits {
  readonly rank: number
  /** Waits as a whole when any of it cannot be said on the other side, and pulls its parents in (R49d). */
  readonly isDocument: boolean
  /** Merged line by line; a list row of Zoho does not carry them. */
  readonly hasLines: boolean
  /** Main collection first. */
  readonly zoho: readonly [ZohoCollection, ...ZohoCollection[]]
  readonly xero: readonly [XeroCollection, ...XeroCollection[]]
}

/** A new kind is a row here, a row in the settings, and its folder in `mapping`. */
export const KIND_TRAITS: Readonly<Record<Kind, KindTraits>> = {
  contact: { rank: 0, isDocument: false, hasLines: false, zoho: ['Accounts', 'Contacts'], xero: ['Contacts'] },
  item: { rank: 0, isDocument: false, hasLines: false, zoho: ['Products'], xero: ['Items'] },
  quote: { rank: 1, isDocument: true, hasLines: true, zoho: ['Quotes'], xero: ['Quotes'] },
  invoice: { rank: 1, isDocument: true, hasLines: true, zoho: ['Invoices'], xero: ['Invoices'] },
  creditNote: { rank: 1, isDocument: true, hasLines: false, zoho: ['XeroCreditNotes'], xero: ['CreditNotes'] },
  payment: { rank: 2, isDocument: true, hasLines: false, zoho: ['XeroPayments'], xero: ['Payments', 'Allocations'] },
  account: { rank: 0, isDocument: false, hasLines: false, zoho: ['XeroAccounts'], xero: ['LedgerAccounts'] },
  vendor: { rank: 0, isDocument: false, hasLines: false, zoho: ['Vendors'], xero: ['Suppliers'] },
  bill: { rank: 1, isDocument: true, hasLines: true, zoho: ['Purchase_Orders'], xero: ['Bills'] },
}

/** Zoho records that one of a kind may be made from: parts of its link, and looked at only while that is on (R37). */
const SOURCES: Readonly<Partial<Record<Kind, readonly ZohoCollection[]>>> = { invoice: ['Deals'] }

/** Where one of a kind may stand before it is what the kind is: a lead, until it is converted into a customer (R13b). */
const FORERUNNERS: Readonly<Partial<Record<Kind, readonly ZohoCollection[]>>> = { contact: ['Leads'] }

/** What is made in Zoho for a person about one of a kind: parts of its link, never listed, looked at only while on (R38c). */
const REMINDERS: Readonly<Partial<Record<Kind, readonly ZohoCollection[]>>> = { invoice: ['Tasks'] }

/** Both systems have `Quotes` and `Invoices`, which are the same kind on both: a name is never two kinds. */
const KIND_OF: Readonly<Record<Collection, Kind>> = {
  Accounts: 'contact',
  Contacts: 'contact',
  Products: 'item',
  Items: 'item',
  Quotes: 'quote',
  Invoices: 'invoice',
  XeroCreditNotes: 'creditNote',
  CreditNotes: 'creditNote',
  XeroPayments: 'payment',
  Payments: 'payment',
  Prepayments: 'payment',
  Overpayments: 'payment',
  Allocations: 'payment',
  XeroAccounts: 'account',
  LedgerAccounts: 'account',
  Deals: 'invoice',
  Vendors: 'vendor',
  Suppliers: 'vendor',
  Purchase_Orders: 'bill',
  Bills: 'bill',
  Leads: 'contact',
  Tasks: 'invoice',
}

/** The kind that a collection's records belong to. Zoho's Contacts are persons of a contact link. */
export function kindOf(collection: Collection): Kind {
  return KIND_OF[collection]
}

export function isDocument(kind: Kind): boolean {
  return KIND_TRAITS[kind].isDocument
}

/** Kinds whose records are Xero contacts: of the active ones no two have one name (xero.md 4.1). */
export const PARTY_KINDS = ['contact', 'vendor'] as const satisfies readonly Kind[]
export type PartyKind = (typeof PARTY_KINDS)[number]

export function isParty(kind: Kind): kind is PartyKind {
  return PARTY_KINDS.some((one) => one === kind)
}

/** The other role that a Xero contact may have: who buys of us, and of whom we buy. */
export function otherPartyOf(kind: PartyKind): PartyKind {
  return kind === 'contact' ? 'vendor' : 'contact'
}

export function hasLines(kind: Kind): boolean {
  return KIND_TRAITS[kind].hasLines
}

/** Is this what a record of its kind may be made from, and no such record itself (a deal)? */
export function isSource(collection: Collection): boolean {
  return SOURCES[kindOf(collection)]?.some((source) => source === collection) ?? false
}

/** Does a record of this collection stand for one of its kind until somebody converts it (a lead)? */
export function isForerunner(collection: Collection): boolean {
  return FORERUNNERS[kindOf(collection)]?.some((one) => one === collection) ?? false
}

/** Does a record of this collection only remind a person of one of its kind (a task)? */
export function isReminder(collection: Collection): boolean {
  return REMINDERS[kindOf(collection)]?.some((one) => one === collection) ?? false
}

/** Has a record of this collection lines of its own? */
export function carriesLines(collection: Collection): boolean {
  return hasLines(kindOf(collection)) && !isSource(collection) && !isReminder(collection)
}

/** Do these records stand inside others, so that only their carriers tell when they come and go (xero.md 4.5)? */
export function isCarried(collection: Collection): boolean {
  return collection === 'Allocations'
}

/** Every Zoho module that may hold records of ours. */
export const ZOHO_COLLECTIONS: readonly ZohoCollection[] = KINDS.flatMap((kind) => [
  ...KIND_TRAITS[kind].zoho,
  ...(SOURCES[kind] ?? []),
  ...(FORERUNNERS[kind] ?? []),
  ...(REMINDERS[kind] ?? []),
])

/** Xero's own collections and what else their records may be: its events and ids tell neither role (xero.md 6). */
const OTHER_ROLE: Readonly<Partial<Record<Collection, XeroCollection>>> = { Contacts: 'Suppliers', Invoices: 'Bills' }

/** Every collection that a Xero record of this one may be looked at in. */
export function rolesOf(collection: XeroCollection): readonly XeroCollection[] {
  const other = OTHER_ROLE[collection]
  return other === undefined ? [collection] : [collection, other]
}

/** Every collection of both systems, each name once. */
export const COLLECTIONS: readonly Collection[] = [
  ...new Set([...ZOHO_COLLECTIONS, ...KINDS.flatMap((kind) => KIND_TRAITS[kind].xero)]),
]

/** Collections of a kind on a side, main one first, given the customer model (C5). */
export function collectionsOf(
  kind: Kind,
  side: Side,
  customerModel: CustomerModel,
): readonly [Collection, ...Collection[]] {
  if (kind === 'contact' && side === 'zoho') return CUSTOMER_COLLECTIONS[customerModel]
  return KIND_TRAITS[kind][side]
}

/** The settings that decide which collections are looked at. */
export interface CollectionSettings {
  readonly customerModel: CustomerModel
  readonly wonDeals: { readonly isOn: boolean }
  readonly overdueTasks: { readonly isOn: boolean }
  readonly newXeroContacts: NewXeroContacts
  readonly provisioned: { readonly xeroId: Readonly<Record<string, string>> }
}

/**
 * Leads are looked at while Xero's contacts arrive as such, and ever after: those that were made go on being followed
 * when the setting is taken back, and their cross-reference tells that there may be some.
 */
export function looksAtLeads({
  newXeroContacts,
  provisioned,
}: Pick<CollectionSettings, 'newXeroContacts' | 'provisioned'>): boolean {
  return newXeroContacts === 'leads' || (provisioned.xeroId.Leads ?? '') !== ''
}

/**
 * What is listed, swept and watched of a kind: its own collections, and what it is made from where that is switched on.
 * Leads last: whatever a record that was listed before has come from is known by then.
 */
export function detectedCollectionsOf(kind: Kind, side: Side, settings: CollectionSettings): readonly Collection[] {
  const own = collectionsOf(kind, side, settings.customerModel)
  if (side === 'xero') return own
  return [
    ...own,
    ...(settings.wonDeals.isOn ? (SOURCES[kind] ?? []) : []),
    ...(looksAtLeads(settings) ? (FORERUNNERS[kind] ?? []) : []),
  ]
}

/** Modules of the kinds that are switched on: what is read, watched and provisioned. */
export function zohoModulesOf(
  settings: CollectionSettings & { readonly kinds: Readonly<Record<Kind, { readonly isOn: boolean }>> },
): readonly ZohoCollection[] {
  return KINDS.filter((kind) => settings.kinds[kind].isOn).flatMap((kind) => [
    ...(kind === 'contact' ? CUSTOMER_COLLECTIONS[settings.customerModel] : KIND_TRAITS[kind].zoho),
    ...(settings.wonDeals.isOn ? (SOURCES[kind] ?? []) : []),
    ...(looksAtLeads(settings) ? (FORERUNNERS[kind] ?? []) : []),
    ...(settings.overdueTasks.isOn ? (REMINDERS[kind] ?? []) : []),
  ])
}

/** Who is the Xero customer: a Zoho Account with its Contacts as persons, an Account alone, or a Contact alone (C5). */
export const CUSTOMER_MODELS = ['accountsWithPersons', 'accountsAlone', 'contactsAlone'] as const
export type CustomerModel = (typeof CUSTOMER_MODELS)[number]

/** Main collection first. */
const CUSTOMER_COLLECTIONS: Readonly<Record<CustomerModel, readonly [ZohoCollection, ...ZohoCollection[]]>> = {
  accountsWithPersons: ['Accounts', 'Contacts'],
  accountsAlone: ['Accounts'],
  contactsAlone: ['Contacts'],
}

/** What becomes of a Xero contact that nobody in the CRM is: a customer, or a lead that people convert (R13b). */
export const NEW_XERO_CONTACTS = ['customers', 'leads'] as const
export type NewXeroContacts = (typeof NEW_XERO_CONTACTS)[number]
