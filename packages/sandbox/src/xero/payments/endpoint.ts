import { refusal, runBatch } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { filterRows, type ListKind, paginate } from '../api/listing.ts'
import { type ApiAnswer, ApiProblem, ElementRefused, notFound } from '../api/problem.ts'
import { embeddedContact, orAbsent } from '../contacts/wire.ts'
import type { Books } from '../model/books.ts'
import type { PaymentRow } from '../model/rows.ts'
import { isoSeconds, plainDateMs } from '../wire/dates.ts'
import { type Fields, readElements } from '../wire/fields.ts'
import { decimal, instant, money, type WireObject } from '../wire/json.ts'
import { createPayment, deletePayment } from './save.ts'

const PAYMENT_LIST: ListKind<PaymentRow> = {
  typeName: 'Payment',
  getters: {
    PaymentID: (row) => row.id,
    PaymentType: (row) => row.type,
    Status: (row) => row.status,
    Reference: (row) => row.reference,
    'Invoice.InvoiceID': (row) => row.invoiceId,
    Date: (row) => ({ ms: plainDateMs(row.date) }),
    Amount: (row) => row.amount,
    IsReconciled: (row) => row.isReconciled,
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
}

/** `/Payments` and `/Payments/{id}` (xero.md 4.6). */
export function paymentsEndpoint(call: ApiCall): ApiAnswer {
  const id = call.path[0]?.toLowerCase()
  if (id === undefined) {
    if (call.method === 'GET') return listPayments(call)
    if (call.method === 'PUT' || call.method === 'POST') return createPayments(call)
    throw notFound()
  }
  const row = call.books.payments.get(id)
  if (row === undefined) throw notFound()
  if (call.method === 'GET') return envelope(call, { plural: 'Payments', elements: [paymentWire(call.books, row)] })
  if (call.method === 'POST') return changePayment(call, row)
  throw notFound()
}

function listPayments(call: ApiCall): ApiAnswer {
  const page = paginate(call, filterRows(call, call.books.payments.listed(), PAYMENT_LIST), 'asAsked')
  const elements = page.rows.map((row) => paymentWire(call.books, row))
  return envelope(call, { plural: 'Payments', pagination: page.pagination, elements })
}

/** Switch `paymentVerdicts`: one integrator saw no per-element verdicts, so that one bad payment fails the request. */
function createPayments(call: ApiCall): ApiAnswer {
  const kind = {
    plural: 'Payments',
    idKey: 'PaymentID',
    errorFlag: 'HasValidationErrors' as const,
    save: (fields: Fields) => ({ wire: paymentWire(call.books, createPayment(call.books, fields)), warnings: [] }),
    // POST takes one payment.
    ...(call.method === 'POST' ? { limit: 1 } : {}),
  }
  if (call.books.switches.is('paymentVerdicts', 'perElement')) return runBatch(call, kind)
  return call.books.journal.attempt(() =>
    asProblem(() => {
      const elements = readElements(call.body, 'Payments').map((fields) => kind.save(fields).wire)
      return envelope(call, { plural: 'Payments', elements })
    }),
  )
}

function changePayment(call: ApiCall, row: PaymentRow): ApiAnswer {
  const status = readElements(call.body, 'Payments')[0]?.text('Status')?.toUpperCase()
  return call.books.journal.attempt(() =>
    asProblem(() => {
      if (status !== 'DELETED') throw new ElementRefused('Payments cannot be edited, only deleted')
      return envelope(call, { plural: 'Payments', elements: [paymentWire(call.books, deletePayment(call.books, row))] })
    }),
  )
}

/** A refusal outside a batch is the 400 of xero.md 5.3 as well. */
export function asProblem<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ElementRefused)) throw error
    throw new ApiProblem(refusal([{ ValidationErrors: error.messages.map((message) => ({ Message: message })) }]))
  }
}

export function paymentWire(books: Books, row: PaymentRow): WireObject {
  const account = books.accounts.get(row.accountId)
  return {
    PaymentID: row.id,
    Date: instant(plainDateMs(row.date)),
    BankAmount: money(row.amount.div(row.currencyRate)),
    Amount: money(row.amount),
    Reference: orAbsent(row.reference),
    CurrencyRate: decimal(row.currencyRate, 10),
    PaymentType: row.type,
    Status: row.status,
    UpdatedDateUTC: instant(row.updatedMs),
    UpdatedDateUTCString: isoSeconds(row.updatedMs),
    HasAccount: true,
    IsReconciled: row.isReconciled,
    Account:
      account === undefined ? undefined : { AccountID: account.id, Code: orAbsent(account.code), Name: account.name },
    Invoice: invoiceSummary(books, row.invoiceId),
    CreditNote: noteSummary(books, row.creditNoteId),
    HasValidationErrors: false,
  }
}

/** `Payments: []` here means "not expanded" (xero.md 2.5). */
function invoiceSummary(books: Books, id: string): WireObject | undefined {
  const invoice = books.invoices.get(id)
  if (invoice === undefined) return undefined
  return {
    Type: invoice.type,
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    Payments: [],
    CreditNotes: [],
    Prepayments: [],
    Overpayments: [],
    IsDiscounted: invoice.totalDiscount.gt(0),
    HasErrors: false,
    Contact: embeddedContact(books, invoice.contactId),
    LineItems: [],
    CurrencyCode: invoice.currency,
  }
}

function noteSummary(books: Books, id: string): WireObject | undefined {
  const note = books.creditNotes.get(id)
  return note === undefined ? undefined : { CreditNoteID: note.id, ID: note.id, CreditNoteNumber: note.number }
}
