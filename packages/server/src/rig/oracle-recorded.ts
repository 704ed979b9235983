import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { BothStates, ZohoPayment } from './oracle-state.ts'

/** Ends the Reference of what Xero has recorded for us (`docs/payments-to-xero.md`). */
const OURS = /\[T:[^\]]+\]$/

export function isRecordedByUs({ reference }: { readonly reference: string }): boolean {
  return OURS.test(reference)
}

/** What the inbox may say of a typed payment that is not in Xero. */
const HELD_AS: ReadonlySet<string> = new Set([
  'paymentWithoutInvoice',
  'requiredValueMissing',
  'valueNotAllowed',
  'missingParent',
  'paymentNotOpen',
  'paymentTooMuch',
  'paymentCurrency',
  'lockDate',
  'accountNotValid',
  'paymentAccountMissing',
  'paymentLooksDouble',
  'recordGone',
])

/** Payments that people typed, that Xero has not, and that wait for nobody by name (R38a). */
export function unrecorded(
  { zoho }: BothStates,
  { kinds }: ConnectionSettings,
  inbox: ReadonlyMap<string, readonly string[]>,
): readonly ZohoPayment[] {
  const { isOn, direction, xero } = kinds.payment
  if (!isOn || direction === 'xeroToZoho' || !xero.create) return []
  const us = zoho.org.users[0]?.id
  return zoho.records.XeroPayments.filter(
    (one) => one.Xero_ID === '' && one.Created_By.id !== us && ['', 'Payment'].includes(one.Payment_Type),
  ).filter((one) => !(inbox.get(one.id) ?? []).some((code) => HELD_AS.has(code)))
}

/**
 * What we have ever recorded of that much on that day. Whoever deleted the CRM record before it was known, and keeps the
 * payment in Xero apart, has one that the restored record cannot have any more.
 */
export function recordedLike(typed: ZohoPayment, { xero }: BothStates): readonly string[] {
  return xero.payments
    .filter(isRecordedByUs)
    .filter((one) => one.date === typed.Payment_Date && Number(one.amount) === Number(typed.Paid_Amount))
    .map(({ id }) => id)
}

/** The same payment of ours in the books twice, by its token. */
export function recordedTwice({ xero }: BothStates): readonly string[] {
  const live = xero.payments.filter((one) => one.status === 'AUTHORISED' && isRecordedByUs(one))
  return [...Map.groupBy(live, ({ reference }) => OURS.exec(reference)?.[0] ?? '')].flatMap(([token, group]) =>
    group.length < 2 ? [] : [`Xero payments of one token ${token}: ${group.map(({ id }) => id).join(', ')}`],
  )
}
