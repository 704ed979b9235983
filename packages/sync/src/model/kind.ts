import type { Side } from './side.ts'

/** What a link keeps in step. Later issues add quote, creditNote, payment, deal. */
export type Kind = 'contact' | 'item' | 'invoice'

/** Parents first: an invoice names a contact and items (design section 4, ranks). */
export const KINDS = ['contact', 'item', 'invoice'] as const satisfies readonly Kind[]

export const RANK: Readonly<Record<Kind, number>> = { contact: 0, item: 0, invoice: 1 }

/** The remote's own collection names, as they stand in its URLs. */
export type ZohoCollection = 'Accounts' | 'Contacts' | 'Products' | 'Invoices'
export type XeroCollection = 'Contacts' | 'Items' | 'Invoices'
export type Collection = ZohoCollection | XeroCollection
export const COLLECTIONS = [
  'Accounts',
  'Contacts',
  'Products',
  'Invoices',
  'Items',
] as const satisfies readonly Collection[]

/** The kind that a collection's records belong to. Zoho's Contacts are persons of a contact link. */
export function kindOf(collection: Collection): Kind {
  switch (collection) {
    case 'Accounts':
    case 'Contacts':
      return 'contact'
    case 'Products':
    case 'Items':
      return 'item'
    case 'Invoices':
      return 'invoice'
  }
}

/** Collections of a kind on a side, main one first, given the customer model (C5). */
export function collectionsOf(
  kind: Kind,
  side: Side,
  customerModel: CustomerModel,
): readonly [Collection, ...Collection[]] {
  if (side === 'xero') {
    switch (kind) {
      case 'contact':
        return ['Contacts']
      case 'item':
        return ['Items']
      case 'invoice':
        return ['Invoices']
    }
  }
  switch (kind) {
    case 'contact':
      return customerModel === 'accountsWithPersons' ? ['Accounts', 'Contacts'] : ['Contacts']
    case 'item':
      return ['Products']
    case 'invoice':
      return ['Invoices']
  }
}

/** Who is the Xero customer: a Zoho Account with its Contacts as persons, or a Zoho Contact alone (C5). */
export type CustomerModel = 'accountsWithPersons' | 'contactsAlone'
