import type { Side } from './side.ts'

/** What a link keeps in step, parents first: a document names a contact and items (design section 4, ranks). */
export const KINDS = ['contact', 'item', 'quote', 'invoice', 'payment'] as const
export type Kind = (typeof KINDS)[number]

/** The remote's own collection names, as they stand in its URLs. `Xero...` are custom modules that connect makes in Zoho. */
export type ZohoCollection = 'Accounts' | 'Contacts' | 'Products' | 'Quotes' | 'Invoices' | 'XeroPayments'
export type XeroCollection = 'Contacts' | 'Items' | 'Quotes' | 'Invoices' | 'Payments'
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
}

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
}

/** The kind that a collection's records belong to. Zoho's Contacts are persons of a contact link. */
export function kindOf(collection: Collection): Kind {
  return KIND_OF[collection]
}

export function isDocument(kind: Kind): boolean {
  return KIND_TRAITS[kind].isDocument
}

export function hasLines(kind: Kind): boolean {
  return KIND_TRAITS[kind].hasLines
}

/** Every collection of both systems, each name once. */
export const COLLECTIONS: readonly Collection[] = [
  ...new Set(KINDS.flatMap((kind) => [...KIND_TRAITS[kind].zoho, ...KIND_TRAITS[kind].xero])),
]

/** Every Zoho module that may hold records of ours. */
export const ZOHO_COLLECTIONS: readonly ZohoCollection[] = KINDS.flatMap((kind) => KIND_TRAITS[kind].zoho)

/** Collections of a kind on a side, main one first, given the customer model (C5). */
export function collectionsOf(
  kind: Kind,
  side: Side,
  customerModel: CustomerModel,
): readonly [Collection, ...Collection[]] {
  if (kind === 'contact' && side === 'zoho' && customerModel === 'contactsAlone') return ['Contacts']
  return KIND_TRAITS[kind][side]
}

/** Modules of the kinds that are switched on: what is read, watched and provisioned. */
export function zohoModulesOf(settings: {
  readonly kinds: Readonly<Record<Kind, { readonly isOn: boolean }>>
  readonly customerModel: CustomerModel
}): readonly ZohoCollection[] {
  return KINDS.filter((kind) => settings.kinds[kind].isOn).flatMap((kind) =>
    kind === 'contact' && settings.customerModel === 'contactsAlone' ? ['Contacts' as const] : KIND_TRAITS[kind].zoho,
  )
}

/** Who is the Xero customer: a Zoho Account with its Contacts as persons, or a Zoho Contact alone (C5). */
export type CustomerModel = 'accountsWithPersons' | 'contactsAlone'
