import { parseLinkReference } from '../../model/link.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import type { Fault, LinkContext, MappingContext, Question } from '../contract.ts'
import { bigOf, decimalPlaces, isDecimal, normaliseDecimal } from '../decimal.ts'
import { lockedByDate } from '../invoice/locks.ts'
import { xeroStatus } from '../invoice/status.ts'
import { plainDate } from '../plain-date.ts'
import { lookupIdAt, rowsAt, textAt } from '../record-fields.ts'
import { paymentAccount } from './payment-account.ts'
import { PAYMENT_MODULE } from './payment-module.ts'
import { paymentToken, tokenOf, withoutToken } from './payment-token.ts'

/** What a person typed into a payment's record of the CRM. */
export interface TypedPayment {
  /** Id of the CRM invoice; '' where none is named. */
  readonly invoice: string
  /** As normalised decimal text; '' where it is none. */
  readonly amount: string
  readonly date: string
  readonly reference: string
  readonly currency: string
}

export function typedPayment({ fields }: RemoteRecord, { provisioned }: ConnectionSettings): TypedPayment {
  const { payment } = provisioned
  const at = (key: string) => (key === '' ? '' : textAt(fields, key))
  return {
    invoice: payment.invoice === '' ? '' : lookupIdAt(fields, payment.invoice),
    amount: normaliseDecimal(at(payment.amount)),
    date: plainDate(at(payment.date)),
    reference: at(payment.reference),
    currency: at(payment.currency).trim().toUpperCase(),
  }
}

/** The Xero invoice that it pays; '' while that is not there. */
export function paidXeroInvoice({ invoice }: TypedPayment, context: MappingContext): string {
  const partner = invoice === '' ? null : context.partnerOf('zoho', 'Invoices', invoice)
  return partner === null || parseLinkReference(partner) !== undefined ? '' : partner
}

export function invoiceQuestion(remoteId: string): Question {
  return { type: 'record', ref: { side: 'xero', collection: 'Invoices', remoteId } }
}

/** Everything that Xero would refuse of it, and what it would take and nobody wants twice (xero.md 4.6). */
export function recordingFaults(main: RemoteRecord, context: LinkContext): readonly Fault[] {
  const typed = typedPayment(main, context.settings)
  const account = paymentAccount(context.settings, context.reference.xero)
  return [
    ...namedFaults(main, context),
    ...invoiceFaults(typed, context),
    ...amountFaults(typed),
    ...dateFaults(typed, context),
    ...(account.type === 'hold' ? [{ code: account.code, detail: account.detail }] : []),
  ]
}

/** It names a payment that Xero does not show: it was recorded once, and is never recorded again. */
function namedFaults(main: RemoteRecord, { settings, former }: LinkContext): readonly Fault[] {
  const field = settings.provisioned.xeroId[PAYMENT_MODULE] ?? ''
  const named = field === '' ? '' : textAt(main.fields, field).trim()
  if (field === '') return [{ code: 'fieldMissing', detail: `Zoho ${PAYMENT_MODULE} has no Xero ID field yet` }]
  if (named === '' || (former?.includes(named) ?? false)) return []
  return [{ code: 'recordGone', detail: `It was recorded in Xero as ${named}, which is not found there` }]
}

function invoiceFaults(typed: TypedPayment, context: LinkContext): readonly Fault[] {
  if (typed.invoice === '') return [{ code: 'paymentWithoutInvoice', detail: 'It names no invoice' }]
  const xeroId = paidXeroInvoice(typed, context)
  const invoice = xeroId === '' ? undefined : context.answer(invoiceQuestion(xeroId))?.[0]
  if (invoice === undefined) return [{ code: 'missingParent', detail: 'The invoice that it pays is not in Xero yet' }]
  const number = textAt(invoice.fields, 'InvoiceNumber')
  if (xeroStatus(invoice) !== 'AUTHORISED')
    return [{ code: 'paymentNotOpen', detail: `Invoice ${number} is ${xeroStatus(invoice)} in Xero` }]
  return [
    ...currencyFaults(typed, invoice, context),
    ...dueFaults(typed, invoice),
    ...(looksDouble(typed, invoice, context.linkId) ? [{ code: 'paymentLooksDouble' as const, detail: DOUBLE }] : []),
  ]
}

const DOUBLE = 'In Xero the invoice has a payment of that day and amount already'

/** Which rate a foreign payment had is nobody's to guess (design section 8). */
function currencyFaults(
  { currency }: TypedPayment,
  { fields }: RemoteRecord,
  { reference }: LinkContext,
): readonly Fault[] {
  const { baseCurrency } = reference.xero
  const owed = textAt(fields, 'CurrencyCode') || baseCurrency
  if (owed !== baseCurrency)
    return [
      { code: 'paymentCurrency', detail: `The invoice is in ${owed}: at which rate it was paid, only the bank knows` },
    ]
  return currency === '' || currency === owed
    ? []
    : [{ code: 'paymentCurrency', detail: `The payment is in ${currency}, its invoice in ${owed}` }]
}

function dueFaults({ amount }: TypedPayment, { fields }: RemoteRecord): readonly Fault[] {
  const due = textAt(fields, 'AmountDue')
  if (!bigOf(amount).gt(bigOf(due))) return []
  return [{ code: 'paymentTooMuch', detail: `${amount} is more than the ${normaliseDecimal(due)} that is due in Xero` }]
}

function amountFaults({ amount }: TypedPayment): readonly Fault[] {
  if (!isDecimal(amount) || !bigOf(amount).gt(0))
    return [{ code: 'requiredValueMissing', detail: 'The amount must be more than zero' }]
  return decimalPlaces(amount) > 2
    ? [{ code: 'valueNotAllowed', detail: `An amount has two decimals at most: ${amount}` }]
    : []
}

function dateFaults({ date }: TypedPayment, { reference }: LinkContext): readonly Fault[] {
  if (date === '') return [{ code: 'requiredValueMissing', detail: 'The payment has no date' }]
  const locked = lockedByDate(date, reference)
  return locked === null ? [] : [{ code: 'lockDate', detail: locked }]
}

/** Somebody has entered the same money there: on that day, as much, and not under another reference. */
export function looksDouble(
  typed: Pick<TypedPayment, 'amount' | 'date' | 'reference'>,
  { fields }: RemoteRecord,
  linkId: string,
): boolean {
  return rowsAt(fields, 'Payments').some((row) => {
    const reference = textAt(row, 'Reference')
    if (tokenOf(reference) === paymentToken(linkId)) return false
    const isOther = typed.reference.trim() !== '' && reference !== '' && !isSameReference(typed.reference, reference)
    return (
      !isOther && plainDate(textAt(row, 'Date')) === typed.date && bigOf(textAt(row, 'Amount')).eq(bigOf(typed.amount))
    )
  })
}

function isSameReference(typed: string, reference: string): boolean {
  return typed.trim().toLowerCase() === withoutToken(reference).trim().toLowerCase()
}

/** Right before it is sent: still open for that much, and nobody has recorded it meanwhile, we ourselves included. */
export function isRecordingDue(payload: ValueObject, invoice: RemoteRecord, linkId: string): boolean {
  const { fields } = invoice
  const typed = {
    amount: decimalIn(payload),
    date: textAt(payload, 'Date'),
    reference: withoutToken(textAt(payload, 'Reference')),
  }
  const isMade = rowsAt(fields, 'Payments').some((row) => tokenOf(textAt(row, 'Reference')) === paymentToken(linkId))
  const isOpen = xeroStatus(invoice) === 'AUTHORISED' && !bigOf(typed.amount).gt(bigOf(textAt(fields, 'AmountDue')))
  return !isMade && isOpen && !looksDouble(typed, invoice, linkId)
}

function decimalIn({ Amount: amount }: ValueObject): string {
  return typeof amount === 'object' && amount !== null && '$decimal' in amount && typeof amount.$decimal === 'string'
    ? amount.$decimal
    : ''
}
