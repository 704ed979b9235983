import { refusal, runBatch } from '../api/batch.ts'
import type { ApiCall } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { refuseOtherParameters } from '../api/list-parameters.ts'
import { filterRows, type ListKind, paginate } from '../api/listing.ts'
import { type ApiAnswer, ApiProblem, ElementRefused, noData, notFound } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { PaymentRow } from '../model/rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { type Fields, readElements } from '../wire/fields.ts'
import { changePayment, createPayment } from './save.ts'
import { paymentWire } from './wire.ts'

/** A refund is found by the id that it shows under `Invoice`, when it shows one (switch `refundShownAs`). */
const paymentList = (books: Books): ListKind<PaymentRow> => ({
  typeName: 'Payment',
  getters: {
    PaymentID: (row) => row.id,
    PaymentType: (row) => row.type,
    Status: (row) => row.status,
    Reference: (row) => row.reference,
    'Invoice.InvoiceID': (row) =>
      row.invoiceId || (books.switches.is('refundShownAs', 'invoice') ? row.creditNoteId : ''),
    'Account.AccountID': (row) => row.accountId,
    Date: (row) => ({ ms: plainDateMs(row.date) }),
    Amount: (row) => row.amount,
    IsReconciled: (row) => row.isReconciled,
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
})

/** `/Payments` and `/Payments/{id}` (xero.md 4.6). */
export function paymentsEndpoint(call: ApiCall): ApiAnswer {
  const [key, sub] = call.path
  if (sub !== undefined) throw notFound()
  if (key === undefined) {
    if (call.method === 'GET') return listPayments(call)
    if (call.method === 'PUT' || call.method === 'POST') return createPayments(call)
    throw notFound()
  }
  const row = call.books.payments.get(key.toLowerCase())
  if (row === undefined) throw notFound()
  if (call.method === 'GET') return onePayment(call, row)
  if (call.method === 'POST') return updatePayment(call, row)
  throw notFound()
}

/** Deleted payments stay in lists: their new UpdatedDateUTC is how a poll learns of them. */
function listPayments(call: ApiCall): ApiAnswer {
  refuseOtherParameters(call, ['where', 'order'])
  const page = paginate(call, filterRows(call, call.books.payments.listed(), paymentList(call.books)), 'asAsked')
  const elements = page.rows.map((row) => paymentWire(call.books, row, 'listed'))
  return envelope(call, { plural: 'Payments', pagination: page.pagination, elements })
}

const onePayment = (call: ApiCall, row: PaymentRow) =>
  envelope(call, { plural: 'Payments', elements: [paymentWire(call.books, row, 'one')] })

/** Switch `paymentVerdicts`: one integrator saw no per-element verdicts, so that one bad payment fails the request. */
function createPayments(call: ApiCall): ApiAnswer {
  const kind = {
    plural: 'Payments',
    idKey: 'PaymentID',
    errorFlag: 'HasValidationErrors' as const,
    save: (fields: Fields) => ({
      wire: paymentWire(call.books, createPayment(call.books, fields), 'one'),
      warnings: [],
    }),
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

function updatePayment(call: ApiCall, row: PaymentRow): ApiAnswer {
  const [fields] = readElements(call.body, 'Payments')
  if (fields === undefined) throw noData()
  return call.books.journal.attempt(() => asProblem(() => onePayment(call, changePayment(call.books, row, fields))))
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
