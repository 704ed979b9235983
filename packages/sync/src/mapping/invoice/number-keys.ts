import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import type { Clash, Lookup, MappingContext, SideView } from '../contract.ts'
import { alternativesOf, isNumberedByCrm, keptNumber, numberKey, ownNumber, recordUrl } from './numbering.ts'

/** The number that the CRM gives; '' where Xero numbers the invoices, and the CRM's own may be anybody's there. */
export function givenNumber(main: RemoteRecord, settings: ConnectionSettings): string {
  return isNumberedByCrm(settings) ? ownNumber(main, settings) : ''
}

/** The number that a new Xero invoice would take: another's, if one has it. What a person has typed is a key already. */
export function claimedNumber(main: RemoteRecord, settings: ConnectionSettings): string {
  return main.side === 'xero' || keptNumber(main, settings) !== '' ? '' : givenNumber(main, settings)
}

/** Asked for only where the number is taken: what to offer instead (R27). */
export function furtherInvoiceLookups(
  { main }: SideView,
  isTaken: (key: string) => boolean,
  { settings }: MappingContext,
): readonly Lookup[] {
  const number = main === null ? '' : claimedNumber(main, settings)
  if (number === '' || !isTaken(numberKey(number))) return []
  return alternativesOf(number).map((value) => ({ collection: 'Invoices', key: { field: 'InvoiceNumber', value } }))
}

/** Xero numbered it: only its Url leads back to us. */
export function invoiceIdentity(target: Side, linkId: string, { settings }: MappingContext): Lookup | null {
  const value = target === 'xero' && !isNumberedByCrm(settings) ? recordUrl(linkId, settings) : ''
  return value === '' ? null : { collection: 'Invoices', key: { field: 'Url', value } }
}

/** The number that the CRM gives is another Xero invoice's: told before anything is sent, with the next free one (R27). */
export function invoiceClash(
  { main }: SideView,
  isTaken: (key: string) => boolean,
  { settings }: MappingContext,
): Clash | null {
  const number = main === null ? '' : claimedNumber(main, settings)
  const key = numberKey(number)
  if (number === '' || !isTaken(key)) return null
  const free = alternativesOf(number).find((other) => !isTaken(numberKey(other))) ?? ''
  const offer = free === '' ? '' : `; ${free} is free`
  const detail = `Xero has another invoice ${number}${offer}`
  return { key, code: 'numberTaken', detail: { number, nextFree: free, detail } }
}
