import type { ConnectionSettings } from '../../model/settings.ts'
import type { AddressSpec } from './address-field.ts'

const MAILING = { type: 'POBOX', label: 'Billing address' } as const satisfies AddressSpec['xero']
const DELIVERY = { type: 'STREET', label: 'Delivery address' } as const satisfies AddressSpec['xero']

/** Where Zoho's two addresses stand in Xero (R29): POBOX is what Xero prints on invoices (xero.md 4.1). */
export function addressTypes({
  swapAddresses,
}: ConnectionSettings): Readonly<Record<'billing' | 'shipping', AddressSpec['xero']>> {
  return swapAddresses ? { billing: DELIVERY, shipping: MAILING } : { billing: MAILING, shipping: DELIVERY }
}
