import { ElementRefused, unknownText } from '../api/problem.ts'
import { kindOf, sideOf } from '../credits/credit.ts'
import type { Books } from '../model/books.ts'
import type { CreditRow } from '../model/credit-rows.ts'
import type { InvoiceRow, PaymentRow, PaymentType } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'

export type PaymentTarget =
  | { readonly invoice: InvoiceRow; readonly credit?: never }
  | { readonly credit: CreditRow; readonly invoice?: never }

export const NOT_ONE_TARGET =
  'Payment must be made against exactly one existing Invoice, CreditNote, Prepayment or Overpayment'

const KEYS = ['Invoice', 'CreditNote', 'Prepayment', 'Overpayment'] as const
type TargetKey = (typeof KEYS)[number]

/** What is paid or refunded: exactly one of four (xero.md 4.6). Numbers may stand for ids where there are numbers. */
export function paymentTarget(books: Books, fields: Fields): PaymentTarget {
  const named = KEYS.filter((key) => fields.has(key) || fields.has(`${key}Number`))
  const [key] = named
  if (key === undefined || named.length > 1) throw new ElementRefused(NOT_ONE_TARGET)
  const sent = fields.object(key)
  const id = sent?.text(`${key}ID`)?.toLowerCase() ?? ''
  const number = sent?.text(`${key}Number`) ?? fields.text(`${key}Number`) ?? ''
  const target = id === '' ? byNumber(books, key, number) : byId(books, key, id)
  if (target !== undefined) return target
  throw new ElementRefused(id === '' ? NOT_ONE_TARGET : unknownText(key === 'CreditNote' ? 'Credit Note' : key))
}

function byId(books: Books, key: TargetKey, id: string): PaymentTarget | undefined {
  switch (key) {
    case 'Invoice':
      return onInvoice(books.invoices.get(id))
    case 'CreditNote':
      return onCredit(books.creditNotes.get(id))
    case 'Prepayment':
      return onCredit(books.prepayments.get(id))
    case 'Overpayment':
      return onCredit(books.overpayments.get(id))
  }
}

function byNumber(books: Books, key: TargetKey, number: string): PaymentTarget | undefined {
  if (key === 'Invoice') return onInvoice(books.invoices.find('number', number)[0])
  return key === 'CreditNote' ? onCredit(books.creditNotes.find('number', number)[0]) : undefined
}

const onInvoice = (invoice: InvoiceRow | undefined) => (invoice === undefined ? undefined : { invoice })
const onCredit = (credit: CreditRow | undefined) => (credit === undefined ? undefined : { credit })

export function paymentTypeOf({ invoice, credit }: PaymentTarget): PaymentType {
  if (invoice !== undefined) return invoice.type === 'ACCREC' ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT'
  const isSale = sideOf(credit) === 'sale'
  switch (kindOf(credit)) {
    case 'creditNote':
      return isSale ? 'ARCREDITPAYMENT' : 'APCREDITPAYMENT'
    case 'prepayment':
      return isSale ? 'ARPREPAYMENTPAYMENT' : 'APPREPAYMENTPAYMENT'
    case 'overpayment':
      return isSale ? 'AROVERPAYMENTPAYMENT' : 'APOVERPAYMENTPAYMENT'
  }
}

type TargetIds = Pick<PaymentRow, 'invoiceId' | 'creditNoteId' | 'prepaymentId' | 'overpaymentId'>

export function targetIds({ invoice, credit }: PaymentTarget): TargetIds {
  const none = { invoiceId: '', creditNoteId: '', prepaymentId: '', overpaymentId: '' }
  if (invoice !== undefined) return { ...none, invoiceId: invoice.id }
  switch (kindOf(credit)) {
    case 'creditNote':
      return { ...none, creditNoteId: credit.id }
    case 'prepayment':
      return { ...none, prepaymentId: credit.id }
    case 'overpayment':
      return { ...none, overpaymentId: credit.id }
  }
}
