import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import type { Tandem } from '../tandem.ts'

/** What was typed into the CRM before payments are recorded in Xero stays as it is, unless the person says from when on. */
export function withPaymentsSince(
  { clock }: Pick<Tandem, 'clock'>,
  { settings: before }: Pick<Connection, 'settings'>,
  wanted: ConnectionSettings,
): ConnectionSettings {
  const isRecording = ({ kinds: { payment } }: ConnectionSettings) => payment.isOn && payment.xero.create
  if (!isRecording(wanted) || isRecording(before) || wanted.paymentsSince !== before.paymentsSince) return wanted
  return { ...wanted, paymentsSince: new Date(clock.now()).toISOString() }
}
