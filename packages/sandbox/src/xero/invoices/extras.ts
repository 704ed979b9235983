import { refusal } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { type ApiAnswer, ApiProblem } from '../api/problem.ts'
import type { InvoiceRow } from '../model/rows.ts'

const refuse = (message: string) => new ApiProblem(refusal([{ ValidationErrors: [{ Message: message }] }]))

/** The page a customer sees; sales invoices that are no draft (xero.md 4.3). */
export function onlineInvoice(call: ApiCall, row: InvoiceRow): ApiAnswer {
  if (row.type !== 'ACCREC' || row.status === 'DRAFT')
    throw refuse('Online invoices are for approved sales invoices only.')
  return envelope(call, {
    plural: 'OnlineInvoices',
    elements: [{ OnlineInvoiceUrl: `https://in.xero.com/${row.id.replaceAll('-', '')}` }],
  })
}

/** Xero's own mail to the customer; it does not de-duplicate (xero.md 4.3). */
export function emailInvoice(call: ApiCall, row: InvoiceRow): ApiAnswer {
  if (row.type !== 'ACCREC' || !['SUBMITTED', 'AUTHORISED', 'PAID'].includes(row.status)) {
    throw refuse('Draft, voided or deleted invoices cannot be emailed')
  }
  const email = call.books.contacts.get(row.contactId)?.texts.EmailAddress ?? ''
  if (email === '') throw refuse('Invoices for contacts with no email address assigned cannot be emailed')
  call.books.addHistory(row.id, 'Email', `This invoice has been sent to ${email}`)
  return { status: 204, contentType: 'text/html', body: '' }
}
