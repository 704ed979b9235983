import type { Chance } from '../core/chance.ts'
import type { InvoiceDocument } from './contract.ts'
import type { UnnumberedDocument } from './documents.ts'

const FIRST_ZOHO_NUMBER = 1001
const FIRST_BILL_NUMBER = 20017
const SUPPLIER_PREFIXES = ['SI', 'TAX', 'A', 'WEB'] as const

/**
 * Sorts by date and numbers in that order, as the two systems would have: `INV-0001` for what Xero has, `Z-1001` for
 * what Zoho alone has, and the suppliers' own numbers on bills.
 */
export function numberDocuments(
  documents: readonly UnnumberedDocument[],
  chance: Chance,
): Omit<InvoiceDocument, 'key'>[] {
  const sorted = [...documents].sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)))
  let invoices = 0
  let zoho = FIRST_ZOHO_NUMBER - 1
  let bills = FIRST_BILL_NUMBER
  const next = (document: UnnumberedDocument) => {
    if (document.type === 'bill') {
      bills += chance.int(1, 40)
      return `${chance.pick(SUPPLIER_PREFIXES)}${bills}`
    }
    if (document.home === 'zoho') {
      zoho += 1
      return `Z-${zoho}`
    }
    invoices += 1
    return `INV-${String(invoices).padStart(4, '0')}`
  }
  return sorted.map((document) => ({ ...document, number: next(document) }))
}
