import { runBatch } from '../api/batch.ts'
import { type ApiCall, unitDecimals } from '../api/call.ts'
import { envelope } from '../api/envelope.ts'
import { refuseOtherParameters } from '../api/list-parameters.ts'
import { filterRows, type ListKind, paginate } from '../api/listing.ts'
import { type ApiAnswer, ElementRefused, notFound, simulatorGap, UnknownId } from '../api/problem.ts'
import { orAbsent } from '../contacts/wire.ts'
import { kindOf } from '../credits/credit.ts'
import { contactGetters } from '../invoices/filters.ts'
import type { Books } from '../model/books.ts'
import { type AdvanceRow, type AdvanceType, OVERPAYMENT_TYPES, PREPAYMENT_TYPES } from '../model/credit-rows.ts'
import { byListOrder } from '../model/table.ts'
import { plainDateMs } from '../wire/dates.ts'
import type { Fields } from '../wire/fields.ts'
import { decimal, type WireObject } from '../wire/json.ts'
import { createAdvance, voidAdvance } from './save.ts'
import { type AdvanceView, advanceBody } from './wire.ts'

/** Of all bank transactions the sandbox holds those that make a prepayment or an overpayment (xero.md 4.7). */
const BANKED: readonly AdvanceType[] = [...PREPAYMENT_TYPES, ...OVERPAYMENT_TYPES].filter((type) =>
  /^(RECEIVE|SPEND)-/.test(type),
)

/** `/BankTransactions`: read, create, and void by Status; a transaction and its prepayment have one id. */
export function bankTransactionsEndpoint(call: ApiCall): ApiAnswer {
  const [key, sub] = call.path
  if (sub !== undefined) throw notFound()
  const row = key === undefined ? undefined : bankedById(call.books, key)
  if (key !== undefined && row === undefined) throw notFound()
  if (call.method === 'GET') return row === undefined ? listTransactions(call) : oneTransaction(call, row)
  if (call.method === 'PUT' && row === undefined) return saveTransactions(call, undefined)
  if (call.method === 'POST') return saveTransactions(call, row)
  throw notFound()
}

function bankedById(books: Books, key: string): AdvanceRow | undefined {
  const id = key.toLowerCase()
  const row = books.prepayments.get(id) ?? books.overpayments.get(id)
  return row !== undefined && BANKED.includes(row.type) ? row : undefined
}

function listTransactions(call: ApiCall): ApiAnswer {
  refuseOtherParameters(call, ['where', 'order'])
  const { books } = call
  const rows = [...books.prepayments.listed(), ...books.overpayments.listed()]
    .filter((row) => BANKED.includes(row.type))
    .sort(byListOrder)
  const page = paginate(call, filterRows(call, rows, bankList(books)), 'asAsked')
  const view: AdvanceView = page.pagination === undefined ? 'unpaged' : 'listed'
  const elements = page.rows.map((row) => bankTransactionWire(call, row, view))
  return envelope(call, { plural: 'BankTransactions', pagination: page.pagination, elements })
}

const bankList = (books: Books): ListKind<AdvanceRow> => ({
  typeName: 'BankTransaction',
  getters: {
    ...contactGetters(books),
    BankTransactionID: (row) => row.id,
    Type: (row) => row.type,
    Status: (row) => row.status,
    Reference: (row) => row.reference,
    Date: (row) => ({ ms: plainDateMs(row.date) }),
    Total: (row) => row.total,
    IsReconciled: (row) => row.isReconciled,
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
})

const oneTransaction = (call: ApiCall, row: AdvanceRow) =>
  envelope(call, { plural: 'BankTransactions', elements: [bankTransactionWire(call, row, 'one')] })

function saveTransactions(call: ApiCall, target: AdvanceRow | undefined): ApiAnswer {
  return runBatch(call, {
    plural: 'BankTransactions',
    idKey: 'BankTransactionID',
    errorFlag: 'HasErrors',
    save: (fields) => ({ wire: bankTransactionWire(call, saveOne(call, fields, target), 'one'), warnings: [] }),
  })
}

function saveOne(call: ApiCall, fields: Fields, target: AdvanceRow | undefined): AdvanceRow {
  const { books } = call
  const sentId = fields.text('BankTransactionID') ?? ''
  const row = target ?? (sentId === '' ? undefined : bankedById(books, sentId))
  if (row === undefined && sentId !== '') throw new UnknownId('BankTransaction', sentId)
  if (row !== undefined) return changeOne(books, fields, row)
  if (!BANKED.some((type) => type === fields.text('Type')?.toUpperCase())) {
    throw simulatorGap(501, `only ${BANKED.join(', ')} bank transactions are simulated`)
  }
  return createAdvance(books, fields, { types: BANKED, unitDecimals: unitDecimals(call) })
}

function changeOne(books: Books, fields: Fields, row: AdvanceRow): AdvanceRow {
  if (['DELETED', 'VOIDED'].includes(fields.text('Status')?.toUpperCase() ?? '')) return voidAdvance(books, row)
  throw new ElementRefused('This bank transaction cannot be edited')
}

function bankTransactionWire(call: ApiCall, row: AdvanceRow, view: AdvanceView): WireObject {
  const account = call.books.accounts.get(row.accountId)
  return {
    BankTransactionID: row.id,
    ...(kindOf(row) === 'prepayment' ? { PrepaymentID: row.id } : { OverpaymentID: row.id }),
    BankAccount:
      account === undefined ? undefined : { AccountID: account.id, Code: orAbsent(account.code), Name: account.name },
    Type: row.type,
    Reference: orAbsent(row.reference),
    IsReconciled: row.isReconciled,
    HasAttachments: false,
    CurrencyRate: decimal(row.currencyRate, 10),
    ...advanceBody(call, row, view),
    // A used prepayment is still a good bank transaction: PAID is a word of the other endpoint.
    Status: row.status === 'PAID' ? 'AUTHORISED' : row.status,
  }
}
