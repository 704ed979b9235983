import { textIn } from './probe.ts'
import type { XeroVerbs } from './xero-verbs.ts'

const TODAY = '2026-11-02'
const LATER = '2026-12-02'
const SOLD = { AccountCode: '200', TaxType: 'OUTPUT' } as const

/** A contact and an item that documents may name. */
export interface Parties {
  readonly contactId: string
  readonly code: string
}

/** Gives the id of an authorised, unpaid invoice. */
export async function driveInvoices(xero: XeroVerbs, { contactId, code }: Parties): Promise<string> {
  await xero.get('Invoices')
  await xero.get('Invoices?page=1&pageSize=100&unitdp=4&order=UpdatedDateUTC%20ASC')
  await xero.get('Invoices?page=1&summaryOnly=true&Statuses=DRAFT,AUTHORISED&createdByMyApp=true')
  const shared = { Type: 'ACCREC', Contact: { ContactID: contactId }, Date: TODAY, LineAmountTypes: 'Exclusive' }
  const line = { ...SOLD, Description: 'Consulting', Quantity: 2, UnitAmount: 50.5, ItemCode: code, DiscountRate: 7.25 }
  const draft = { ...shared, LineItems: [line], Reference: 'SO-2231' }
  const bad = { ...shared, Status: 'AUTHORISED', LineItems: [{ Description: 'No account' }] }
  const created = await xero.put('Invoices?summarizeErrors=false&unitdp=4', draft, bad)
  await xero.refused(400).put('Invoices', bad)
  const id = textIn(created, 'Invoices', 'InvoiceID')
  const number = textIn(created, 'Invoices', 'InvoiceNumber')
  await xero.get(`Invoices/${id}?unitdp=4`)
  await xero.get(`Invoices/${number}`)
  await xero.get(`Invoices?page=1&IDs=${id}&ContactIDs=${contactId}&InvoiceNumbers=${number}&searchTerm=SO-`)
  await xero.get(`Invoices?page=1&where=${encodeURIComponent(`InvoiceNumber=="${number}"`)}`)
  await xero.post(`Invoices/${id}`, { InvoiceID: id, DueDate: LATER, Status: 'AUTHORISED' })
  await xero.get(`Invoices/${id}/OnlineInvoice`)
  await xero.put(`Invoices/${id}/History`, { Details: 'Linked' })
  await xero.get(`Invoices/${id}/History`)
  await xero.send('POST', `Invoices/${id}/Email`, {})
  await driveVoid(xero, { ...draft, DueDate: LATER, Status: 'AUTHORISED' })
  const cost = { Description: 'Timber', Quantity: 1, UnitAmount: 80, AccountCode: '400', TaxType: 'INPUT' }
  await xero.put('Invoices', { ...shared, Type: 'ACCPAY', DueDate: LATER, InvoiceNumber: 'B-1', LineItems: [cost] })
  return id
}

async function driveVoid(xero: XeroVerbs, invoice: object): Promise<void> {
  const id = textIn(await xero.put('Invoices', invoice), 'Invoices', 'InvoiceID')
  await xero.post('Invoices?summarizeErrors=false', { InvoiceID: id, Status: 'VOIDED' })
  await xero.get(`Invoices/${id}`)
}

export async function drivePayments(xero: XeroVerbs, invoiceId: string): Promise<void> {
  const shared = { Invoice: { InvoiceID: invoiceId }, Account: { Code: '090' }, Date: TODAY, Reference: 'CRM-RCPT-19' }
  const created = await xero.put('Payments', { ...shared, Amount: 10.5 })
  const id = textIn(created, 'Payments', 'PaymentID')
  await xero.refused(400).put('Payments', { ...shared, Amount: 99999 })
  await xero.put('Payments?summarizeErrors=false', { ...shared, Amount: 99999 })
  await xero.send('POST', 'Payments', { ...shared, Amount: 1 })
  await xero.get('Payments?page=1&pageSize=100')
  await xero.get(`Payments/${id}`)
  await xero.get(`Invoices/${invoiceId}`)
  await xero.send('POST', `Payments/${id}`, { Status: 'DELETED' })
  await xero.get(`Payments/${id}`)
}

export async function driveQuotes(xero: XeroVerbs, { contactId, code }: Parties): Promise<void> {
  const shared = { Contact: { ContactID: contactId }, Date: TODAY, LineAmountTypes: 'EXCLUSIVE' }
  const line = { ...SOLD, Description: 'Fit-out', Quantity: 1, UnitAmount: 650, ItemCode: code, DiscountRate: 10 }
  const texts = { Title: 'Fit-out', Summary: 'As discussed', Terms: '30 days' }
  const created = await xero.put('Quotes?summarizeErrors=false', {
    ...shared,
    ...texts,
    ExpiryDate: LATER,
    LineItems: [line],
  })
  const id = textIn(created, 'Quotes', 'QuoteID')
  await xero.get('Quotes?page=1')
  await xero.get(`Quotes?page=1&Status=DRAFT&ContactID=${contactId}&QuoteNumber=QU`)
  await xero.get('Quotes?page=1&DateFrom=2026-01-01&DateTo=2026-12-31')
  await xero.get(`Quotes/${id}`)
  await xero.post(`Quotes/${id}`, { ...shared, QuoteID: id, Status: 'SENT' })
  await xero.post('Quotes?summarizeErrors=false', { ...shared, QuoteID: id, Status: 'ACCEPTED' })
  await xero.refused(400).post(`Quotes/${id}`, { ...shared, QuoteID: id, Status: 'DRAFT' })
}

export async function driveCreditNotes(xero: XeroVerbs, { contactId, code }: Parties): Promise<void> {
  const line = { ...SOLD, Description: 'Returned', Quantity: 1, UnitAmount: 20, ItemCode: code }
  const shared = { Contact: { ContactID: contactId }, Date: TODAY, Status: 'AUTHORISED', LineItems: [line] }
  const invoice = await xero.put('Invoices', { ...shared, Type: 'ACCREC', DueDate: LATER })
  const invoiceId = textIn(invoice, 'Invoices', 'InvoiceID')
  const note = await xero.put('CreditNotes?summarizeErrors=false', { ...shared, Type: 'ACCRECCREDIT' })
  const id = textIn(note, 'CreditNotes', 'CreditNoteID')
  await xero.get('CreditNotes?page=1&pageSize=100')
  await xero.get(`CreditNotes/${id}`)
  const allocation = { Amount: 5, Invoice: { InvoiceID: invoiceId } }
  const allocated = await xero.put(`CreditNotes/${id}/Allocations`, allocation)
  await xero.put(`CreditNotes/${id}/Allocations?summarizeErrors=false`, allocation)
  await xero.get(`CreditNotes/${id}`)
  await xero.get(`Invoices/${invoiceId}`)
  await xero.remove(`CreditNotes/${id}/Allocations/${textIn(allocated, 'Allocations', 'AllocationID')}`)
  await xero.post(`CreditNotes/${id}`, { CreditNoteID: id, Reference: 'R-1' })
  await xero.put('Payments', { CreditNote: { CreditNoteID: id }, Account: { Code: '090' }, Date: TODAY, Amount: 2 })
  await xero.get(`CreditNotes/${id}`)
}
