import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Fault } from '../contract.ts'
import { paymentAccount } from '../payment/payment-account.ts'

/** Where no payment is recorded in Xero, nothing about it is wrong but an account that can never do. */
export function paymentFaults(settings: ConnectionSettings, { xero }: ReferenceData): readonly Fault[] {
  const { isOn, direction, xero: verbs } = settings.kinds.payment
  const isRecording = isOn && verbs.create
  const account = paymentAccount(settings, xero)
  const isChosen = settings.paymentAccountCode !== ''
  const oneWay: Fault = {
    code: 'mappingInvalid',
    detail: 'Payments are recorded in Xero (kinds.payment.xero.create), so kinds.payment.direction must be both',
  }
  return [
    ...(account.type === 'hold' && (isRecording || isChosen) ? [{ code: account.code, detail: account.detail }] : []),
    ...(isRecording && direction === 'xeroToZoho' ? [oneWay] : []),
  ]
}
