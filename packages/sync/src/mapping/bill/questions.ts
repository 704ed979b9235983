import { parseLinkReference } from '../../model/link.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { MappingContext, Question, SideView } from '../contract.ts'
import { recordQuestion } from '../invoice/questions.ts'
import { lookupIdAt, objectAt, rowsAt, textAt } from '../record-fields.ts'
import { SUBFORM } from './bill-lines.ts'

/** The supplier that the bill will name (archived? his terms?), and the items of new lines: their accounts for purchases. */
export function billQuestions(
  { main }: SideView,
  partner: SideView | null,
  context: MappingContext,
): readonly Question[] {
  if (main === null || main.side === 'xero') return []
  const supplier = supplierId(main, context)
  const present = textAt(objectAt(partner?.main?.fields, 'Contact'), 'ContactID')
  const lines = rowsAt(main.fields, SUBFORM)
  const hasNewLines = lines.length > rowsAt(partner?.main?.fields, 'LineItems').length
  const items = hasNewLines ? lines.flatMap((row) => itemId(lookupIdAt(row, 'Product_Name'), context)) : []
  return [
    ...(supplier === '' || supplier === present ? [] : [recordQuestion('Contacts', supplier)]),
    ...[...new Set(items)].map((id) => recordQuestion('Items', id)),
  ].filter((question) => context.answer(question) === null)
}

/** The Xero contact of the order's vendor, as it was read; null where it is yet to be made, or not known. */
export function supplierOf(main: RemoteRecord, context: MappingContext): RemoteRecord | null {
  const id = supplierId(main, context)
  return id === '' ? null : (context.answer(recordQuestion('Contacts', id))?.[0] ?? null)
}

function supplierId({ fields }: RemoteRecord, { partnerOf }: MappingContext): string {
  const vendor = lookupIdAt(fields, 'Vendor_Name')
  return vendor === '' ? '' : existing(partnerOf('zoho', 'Vendors', vendor))
}

function itemId(productId: string, { partnerOf }: MappingContext): readonly string[] {
  const id = productId === '' ? '' : existing(partnerOf('zoho', 'Products', productId))
  return id === '' ? [] : [id]
}

/** What is yet to be made cannot be read. */
function existing(partner: string | null): string {
  return partner === null || parseLinkReference(partner) !== undefined ? '' : partner
}
