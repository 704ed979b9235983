import { Big } from 'big.js'
import { isRecordedByUs } from '../rig/oracle-recorded.ts'
import type { BothStates, XeroPayment } from '../rig/oracle-state.ts'
import { type RemovalBook, timesBack } from './removal-book.ts'
import { type Violation, violation } from './violation.ts'

/** What stood in a payment's record of the CRM once a person had saved it. */
export interface TypedPayment {
  /** Of this record alone: people here type no amount twice. */
  readonly amount: string
  readonly date: string
  /** The CRM invoice; '' for none. */
  readonly invoiceId: string
}

/** Everything that people typed as payments, by the id of its CRM record, oldest first. */
export interface PaymentBook {
  readonly typed: Map<string, readonly TypedPayment[]>
}

export function createPaymentBook(): PaymentBook {
  return { typed: new Map() }
}

export function noteTyped({ typed }: PaymentBook, id: string, payment: TypedPayment): void {
  typed.set(id, [...(typed.get(id) ?? []), payment])
}

/**
 * Money in the books that nobody paid: recorded by us twice, or without a person who typed it, or on another invoice or
 * day than a person had typed (I2, I11). Told by amounts, of which each stands in one record alone.
 */
export function recordedFaults(
  { typed }: PaymentBook,
  removals: RemovalBook,
  { zoho, xero }: BothStates,
): readonly Violation[] {
  const owners = new Map(
    [...typed].flatMap(([id, versions]) =>
      versions.map((version) => [centsOf(version.amount), { id, version }] as const),
    ),
  )
  const partners = invoicePartners(zoho)
  const recorded = new Map<string, XeroPayment[]>()
  const violations: Violation[] = []
  for (const payment of xero.payments.filter(isRecordedByUs)) {
    const owner = owners.get(centsOf(payment.amount))
    if (owner === undefined && isBroughtBack(zoho, payment, removals)) continue
    if (owner === undefined) {
      violations.push(violation('I2', `${told(payment)} was typed by nobody`, [payment.id]))
      continue
    }
    const { id } = owner
    recorded.set(id, [...(recorded.get(id) ?? []), payment])
    const isAsTyped = (typed.get(id) ?? []).some(
      (one) =>
        centsOf(one.amount) === centsOf(payment.amount) &&
        one.date === payment.date &&
        isPartner(partners, one.invoiceId, payment.invoiceId),
    )
    if (!isAsTyped)
      violations.push(violation('I11', `${told(payment)} is not what was typed in ${id}`, [payment.id, id]))
  }
  for (const [id, payments] of recorded) {
    const live = payments.filter(({ status }) => status === 'AUTHORISED')
    const allowed = 1 + timesBack(removals, id)
    if (live.length > 1 || payments.length > allowed)
      violations.push(violation('I2', `payment ${id} of the CRM, recorded as ${payments.map(told).join(', ')}`, [id]))
  }
  return violations
}

/**
 * Nobody typed it in the CRM: a bookkeeper's own, deleted from there with a person's word, and made again when its CRM
 * record was restored (R12c).
 */
function isBroughtBack(zoho: BothStates['zoho'], payment: XeroPayment, removals: RemovalBook): boolean {
  return zoho.records.XeroPayments.some(
    (one) =>
      one.Xero_ID === payment.id &&
      one.Payment_Date === payment.date &&
      centsOf(one.Paid_Amount) === centsOf(payment.amount) &&
      timesBack(removals, one.id) > 0,
  )
}

/** One whose Xero ID could not be written yet may have any partner that no other names. */
function isPartner(partners: ReadonlyMap<string, string>, invoiceId: string, xeroId: string): boolean {
  const partner = partners.get(invoiceId)
  return partner === xeroId || (partner === '' && ![...partners.values()].includes(xeroId))
}

/** The Xero invoice of each CRM invoice, of those that lie in the bin, too. */
function invoicePartners(zoho: BothStates['zoho']): ReadonlyMap<string, string> {
  const live = zoho.records.Invoices.map((one) => [one.id, one.Xero_ID] as const)
  const binned = zoho.deleted.map(({ record }) => [record.id, String(record.values.Xero_ID ?? '')] as const)
  return new Map([...binned, ...live])
}

function centsOf(amount: string): string {
  return new Big(amount).toFixed(2)
}

function told({ id, amount, date, status, invoiceId }: XeroPayment): string {
  return `Xero payment ${id} (${amount} on ${date}, ${status}, of ${invoiceId})`
}
