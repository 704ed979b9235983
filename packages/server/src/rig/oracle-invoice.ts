import { Big } from 'big.js'
import { type Difference, differences } from './oracle-difference.ts'
import { compareLines } from './oracle-lines.ts'
import type { XeroInvoice, ZohoInvoice } from './oracle-state.ts'
import { sameKey } from './oracle-text.ts'

export interface InvoicePair {
  readonly crm: ZohoInvoice
  readonly books: XeroInvoice
  /** The Xero contact that the CRM's customer is linked to; '' when it is not. */
  readonly customer: string
  /** Stands on rows whose Xero line has no item. */
  readonly serviceProductId: string
  readonly baseCurrency: string
  /** The CRM shows no customer, since its company was deleted there: blank never erases. */
  readonly isCustomerGone: boolean
}

/** What Zoho may show for a status of Xero (it has no word for paid). */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['Created', 'Approved', 'Delivered'],
  SUBMITTED: ['Created', 'Approved', 'Delivered'],
  AUTHORISED: ['Approved', 'Delivered'],
  PAID: ['Approved', 'Delivered'],
  VOIDED: ['Cancelled'],
  DELETED: ['Cancelled'],
}

/** On Xero's own screens. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  DRAFT: 'Draft',
  SUBMITTED: 'Awaiting approval',
  AUTHORISED: 'Awaiting payment',
  PAID: 'Paid',
  VOIDED: 'Voided',
  DELETED: 'Deleted',
}

export function invoiceDifferences(pair: InvoicePair): readonly Difference[] {
  const { crm, books } = pair
  return differences({ kind: 'invoice', zohoId: crm.id, xeroId: books.id }, (differ) => {
    if (pair.customer !== books.contactId && !pair.isCustomerGone) differ('customer', pair.customer, books.contactId)
    // Records of a single-currency org have no such field.
    const currency = crm.Currency === '' ? pair.baseCurrency : crm.Currency
    if (!sameKey(currency, books.currency)) differ('currency', currency, books.currency)
    if (crm.Invoice_Date !== books.date) differ('date', crm.Invoice_Date, books.date)
    if (crm.Due_Date !== books.dueDate) differ('dueDate', crm.Due_Date, books.dueDate)
    if (crm.Xero_Invoice_No !== books.number) differ('number', crm.Xero_Invoice_No, books.number)
    if (!(SHOWN[books.status] ?? []).includes(crm.Status)) differ('status', crm.Status, books.status)
    if (crm.Xero_Status !== STATUS_WORDS[books.status]) differ('Xero status', crm.Xero_Status, books.status)
    // Voided and deleted documents keep whatever they said.
    if (['VOIDED', 'DELETED'].includes(books.status)) return
    if (!new Big(crm.Grand_Total).eq(books.total)) differ('total', crm.Grand_Total, books.total)
    const due = new Big(books.total).minus(books.amountPaid).minus(books.amountCredited)
    if (!due.eq(crm.Xero_Amount_Due)) differ('amount due', crm.Xero_Amount_Due, due.toFixed(2))
    if (!new Big(books.amountPaid).eq(crm.Xero_Amount_Paid))
      differ('amount paid', crm.Xero_Amount_Paid, books.amountPaid)
    compareLines(differ, { rows: crm.Invoiced_Items, books, serviceProductId: pair.serviceProductId })
  })
}
