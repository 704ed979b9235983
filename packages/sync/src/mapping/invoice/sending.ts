import type { InvoiceSettings, Sending } from '../../model/invoice-settings.ts'

/** How an invoice goes to Xero: as was chosen when it was made in the CRM, whatever has been chosen since (R26). */
export function sendingOf(createdAt: string | null, { sending, sendingChanges }: InvoiceSettings): Sending {
  const [first] = sendingChanges
  if (first === undefined || createdAt === null) return sending
  const madeAt = Date.parse(createdAt)
  const before: Sending = first.to === 'oneByOne' ? 'dailySummary' : 'oneByOne'
  return sendingChanges.findLast(({ at }) => Date.parse(at) <= madeAt)?.to ?? before
}

/** Has anybody ever wanted summaries? Otherwise no invoice is looked at for their sake. */
export function mayBeSummed({ sending, sendingChanges }: InvoiceSettings): boolean {
  return sending === 'dailySummary' || sendingChanges.length > 0
}
