import type { Side } from './side.ts'

/** What a link keeps in step, parents first: a document names a contact and items (design section 4, ranks). */
export const KINDS = ['contact', 'item', 'invoice'] as const
export type Kind = (typeof KINDS)[number]

/** The remote's own collection names, as they stand in its URLs. */
export type ZohoCollection = 'Accounts' | 'Contacts' | 'Products' | 'Invoices' | 'Deals'
export type XeroCollection = 'Contacts' | 'Items' | 'Invoices'
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
  /** Zoho records that one may be made from: parts of its link, and looked at only while their option is on (R37). */
  readonly sources: readonly ZohoCollection[]
}

/** A new kind is a row here, a row in the settings, and its folder in `mapping`. */
export const KIND_TRAITS: Readonly<Record<Kind, KindTraits>> = {
  contact: {
    rank: 0,
    isDocument: false,
    hasLines: false,
    zoho: ['Accounts', 'Contacts'],
    xero: ['Contacts'],
    sources: [],
  },
  item: { rank: 0, isDocument: false, hasLines: false, zoho: ['Products'], xero: ['Items'], sources: [] },
  invoice: { rank: 1, isDocument: true, hasLines: true, zoho: ['Invoices'], xero: ['Invoices'], sources: ['Deals'] },
}

/** Both systems have an `Invoices`, which is the same kind on both: a name is never two kinds. */
const KIND_OF: Readonly<Record<Collection, Kind>> = {
  Accounts: 'contact',
  Contacts: 'contact',
  Products: 'item',
  Items: 'item',
  Invoices: 'invoice',
  Deals: 'invoice',
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

/** Has a record of this collection lines of its own? What documents are made from has none. */
export function carriesLines(collection: Collection): boolean {
  const { hasLines, sources } = KIND_TRAITS[kindOf(collection)]
  return hasLines && !sources.some((source) => source === collection)
}

/** Every Zoho module that may hold records of ours. */
export const ZOHO_COLLECTIONS: readonly ZohoCollection[] = KINDS.flatMap((kind) => [
  ...KIND_TRAITS[kind].zoho,
  ...KIND_TRAITS[kind].sources,
])

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
  return side === 'zoho' && settings.wonDeals.isOn ? [...own, ...KIND_TRAITS[kind].sources] : own
}

/** Modules of the kinds that are switched on: what is read, watched and provisioned. */
export function zohoModulesOf(
  settings: CollectionSettings & { readonly kinds: Readonly<Record<Kind, { readonly isOn: boolean }>> },
): readonly ZohoCollection[] {
  return KINDS.filter((kind) => settings.kinds[kind].isOn).flatMap((kind) => [
    ...(kind === 'contact' && settings.customerModel === 'contactsAlone'
      ? ['Contacts' as const]
      : KIND_TRAITS[kind].zoho),
    ...(settings.wonDeals.isOn ? KIND_TRAITS[kind].sources : []),
  ])
}

/** Who is the Xero customer: a Zoho Account with its Contacts as persons, or a Zoho Contact alone (C5). */
export type CustomerModel = 'accountsWithPersons' | 'contactsAlone'
