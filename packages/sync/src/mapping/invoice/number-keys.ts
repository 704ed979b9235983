import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import type { Clash, Lookup, MappingContext, SideView } from '../contract.ts'
import {
  alternativesOf,
  isNumberedByCrm,
  keptNumber,
  numberClash,
  numberKey,
  ownNumber,
  recordUrl,
} from './numbering.ts'

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

export function invoiceClash(
  key: string,
  { main }: SideView,
  at: { readonly isTaken: (key: string) => boolean; readonly settings: ConnectionSettings },
): Clash | null {
  if (main === null || main.side === 'xero' || key !== numberKey(claimedNumber(main, at.settings))) return null
  return numberClash(main, at.settings, at.isTaken)
}
