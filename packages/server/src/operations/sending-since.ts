import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import type { Tandem } from '../tandem.ts'

/**
 * Whether invoices go one by one or as daily summaries affects those only that are made from now on, in both directions
 * (R26): the moment of each change is kept beside the choice, unless the person says when it was.
 */
export function withSendingSince(
  { clock }: Tandem,
  { settings: before }: Connection,
  wanted: ConnectionSettings,
): ConnectionSettings {
  const { sending, sendingChanges } = wanted.invoice
  const isSaid = JSON.stringify(sendingChanges) !== JSON.stringify(before.invoice.sendingChanges)
  if (isSaid || sending === before.invoice.sending) return wanted
  const change = { at: new Date(clock.now()).toISOString(), to: sending }
  return { ...wanted, invoice: { ...wanted.invoice, sendingChanges: [...sendingChanges, change] } }
}
