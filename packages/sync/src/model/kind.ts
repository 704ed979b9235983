import type { Side } from './side.ts'

/** What a link keeps in step, parents first: a document names a contact and items (design section 4, ranks). */
export const KINDS = ['contact', 'item', 'quote', 'invoice', 'payment', 'vendor', 'bill', 'account'] as const
export type Kind = (typeof KINDS)[number]

/**
 * The remote's own collection names, as they stand in its URLs. `Xero...` are custom modules that connect makes in Zoho.
 * `LedgerAccounts` stands for Xero's `Accounts`: that name is Zoho's companies here (C8).
 * `Suppliers` are Xero's Contacts as those from whom is bought, `Bills` its Invoices of Type ACCPAY: two roles of one
 * contact may have a link each, and a record in one role is still in one link only (`docs/adr/0007-suppliers-and-bills.md`).
 */
export type ZohoCollection =
  | 'Accounts'
  | 'Contacts'
  | 'Products'
  | 'Quotes'
  | 'Invoices'
  | 'XeroPayments'
  | 'XeroAccounts'
  | 'Deals'
  | 'Vendors'
  | 'Purchase_Orders'
export type XeroCollection =
  | 'Contacts'
  | 'Items'
  | 'Quotes'
  | 'Invoices'
  | 'Payments'
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
  payment: { rank: 2, isDocument: true, hasLines: false, zoho: ['XeroPayments'], xero: ['Payments'] },
  account: { rank: 0, isDocument: false, hasLines: false, zoho: ['XeroAccounts'], xero: ['LedgerAccounts'] },
  vendor: { rank: 0, isDocument: false, hasLines: false, zoho: ['Vendors'], xero: ['Suppliers'] },
  bill: { rank: 1, isDocument: true, hasLines: true, zoho: ['Purchase_Orders'], xero: ['Bills'] },
}

/** Zoho records that one of a kind may be made from: parts of its link, and looked at only while that is on (R37). */
const SOURCES: Readonly<Partial<Record<Kind, readonly ZohoCollection[]>>> = { invoice: ['Deals'] }

/** Both systems have `Quotes` and `Invoices`, which are the same kind on both: a name is never two kinds. */
const KIND_OF: Readonly<Record<Collection, Kind>> = {
  Accounts: 'contact',
  Contacts: 'contact',
  Products: 'item',
  Items: 'item',
  Quotes: 'quote',
  Invoices: 'invoice',
  XeroPayments: 'payment',
  Payments: 'payment',
  XeroAccounts: 'account',
  LedgerAccounts: 'account',
  Deals: 'invoice',
  Vendors: 'vendor',
  Suppliers: 'vendor',
  Purchase_Orders: 'bill',
  Bills: 'bill',
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

export function hasLines(kind: Kind): boolean {
  return KIND_TRAITS[kind].hasLines
}

/** Is this what a record of its kind may be made from, and no such record itself (a deal)? */
export function isSource(collection: Collection): boolean {
  return SOURCES[kindOf(collection)]?.some((source) => source === collection) ?? false
}

/** Has a record of this collection lines of its own? */
export function carriesLines(collection: Collection): boolean {
  return hasLines(kindOf(collection)) && !isSource(collection)
}

/** Every Zoho module that may hold records of ours. */
export const ZOHO_COLLECTIONS: readonly ZohoCollection[] = KINDS.flatMap((kind) => [
  ...KIND_TRAITS[kind].zoho,
  ...(SOURCES[kind] ?? []),
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
  if (kind === 'contact' && side === 'zoho' && customerModel === 'contactsAlone') return ['Contacts']
  return KIND_TRAITS[kind][side]
}

/** The settings that decide which collections are looked at. */
export interface CollectionSettings {
  readonly customerModel: CustomerModel
  readonly wonDeals: { readonly isOn: boolean }
}

/** What is listed, swept and watched of a kind: its own collections, and what it is made from where that is switched on. */
export function detectedCollectionsOf(kind: Kind, side: Side, settings: CollectionSettings): readonly Collection[] {
  const own = collectionsOf(kind, side, settings.customerModel)
  return side === 'zoho' && settings.wonDeals.isOn ? [...own, ...(SOURCES[kind] ?? [])] : own
}

/** Modules of the kinds that are switched on: what is read, watched and provisioned. */
export function zohoModulesOf(
  settings: CollectionSettings & { readonly kinds: Readonly<Record<Kind, { readonly isOn: boolean }>> },
): readonly ZohoCollection[] {
  return KINDS.filter((kind) => settings.kinds[kind].isOn).flatMap((kind) => [
    ...(kind === 'contact' && settings.customerModel === 'contactsAlone'
      ? ['Contacts' as const]
      : KIND_TRAITS[kind].zoho),
    ...(settings.wonDeals.isOn ? (SOURCES[kind] ?? []) : []),
  ])
}

/** Who is the Xero customer: a Zoho Account with its Contacts as persons, or a Zoho Contact alone (C5). */
export type CustomerModel = 'accountsWithPersons' | 'contactsAlone'
