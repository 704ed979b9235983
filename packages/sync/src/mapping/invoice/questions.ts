import { parseLinkReference } from '../../model/link.ts'
import type { RecordRef, RemoteRecord } from '../../model/record.ts'
import type { MappingContext, Question, SideView } from '../contract.ts'
import { lookupIdAt, objectAt, rowsAt, textAt } from '../record-fields.ts'
import { arrivalStatus } from './arrival.ts'
import { xeroContactOf, zohoCustomer } from './customer.ts'
import { onlineSaleQuestion } from './online-sale.ts'

/**
 * What a Zoho invoice must know of Xero before it is written there: the contact of online sales by its name, the contact
 * that it will name (archived? its terms?), and the items of one that arrives approved (their accounts).
 */
export function invoiceQuestions(
  view: SideView,
  partner: SideView | null,
  context: MappingContext,
): readonly Question[] {
  const { main } = view
  if (main === null || main.side === 'xero') return []
  const online = onlineSaleQuestion(context.settings)
  if (online !== null && context.answer(online) === null) return [online]
  const contact = contactId(main, context)
  const present = textAt(objectAt(partner?.main?.fields, 'Contact'), 'ContactID')
  return [
    ...(contact === '' || contact === present ? [] : [recordQuestion('Contacts', contact)]),
    ...(partner === null ? itemsOf(main, context).map((id) => recordQuestion('Items', id)) : []),
  ].filter((question) => context.answer(question) === null)
}

/** The Xero contact that this invoice will name, as it was read; null where it is yet to be made, or not known. */
export function contactOf(main: RemoteRecord, context: MappingContext): RemoteRecord | null {
  const id = contactId(main, context)
  return id === '' ? null : (context.answer(recordQuestion('Contacts', id))?.[0] ?? null)
}

function contactId(main: RemoteRecord, context: MappingContext): string {
  const contact = xeroContactOf(zohoCustomer(main.fields, context.settings), context)
  return contact.type === 'mapped' && parseLinkReference(contact.value) === undefined ? contact.value : ''
}

/** Drafts may lack accounts: of those nothing needs to be known. */
function itemsOf(main: RemoteRecord, context: MappingContext): readonly string[] {
  if (arrivalStatus(main, context.settings) !== 'AUTHORISED') return []
  const ids = rowsAt(main.fields, 'Invoiced_Items').map((row) => lookupIdAt(row, 'Product_Name'))
  const partners = ids.flatMap((id) => (id === '' ? [] : (context.partnerOf('zoho', 'Products', id) ?? [])))
  return [...new Set(partners)].filter((id) => parseLinkReference(id) === undefined)
}

export function recordQuestion(collection: 'Contacts' | 'Items', remoteId: string): Question {
  const ref: RecordRef = { side: 'xero', collection, remoteId }
  return { type: 'record', ref }
}
