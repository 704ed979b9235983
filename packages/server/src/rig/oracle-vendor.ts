import { type Difference, differences } from './oracle-difference.ts'
import type { BothStates, XeroContact, ZohoVendor } from './oracle-state.ts'
import { folded, sameKey, sameLetters, samePhone, sameText } from './oracle-text.ts'

/** A vendor of the CRM and the Xero contact that it names (R10c). */
export interface VendorPair {
  readonly vendor: ZohoVendor
  readonly contact: XeroContact
}

export function vendorPairs({ zoho, xero }: BothStates): readonly VendorPair[] {
  const contacts = new Map(xero.contacts.map((one) => [one.id, one]))
  return zoho.records.Vendors.flatMap((vendor) => {
    const contact = contacts.get(vendor.Xero_ID)
    return contact === undefined ? [] : [{ vendor, contact }]
  })
}

const STREET_LINES = ['AddressLine1', 'AddressLine2', 'AddressLine3', 'AddressLine4']

export function vendorDifferences({ vendor, contact }: VendorPair): readonly Difference[] {
  return differences({ kind: 'vendor', zohoId: vendor.id, xeroId: contact.id }, (differ) => {
    const { texts, phones, addresses } = contact
    const name = texts.Name ?? ''
    if (!sameText(vendor.Vendor_Name, name)) differ('name', vendor.Vendor_Name, name)
    const email = texts.EmailAddress ?? ''
    if (!sameKey(vendor.Email, email)) differ('email', vendor.Email, email)
    if (!samePhone(vendor.Phone, phones.DEFAULT)) differ('phone', vendor.Phone, phones.DEFAULT.PhoneNumber)
    const address = addresses.POBOX
    const parts = [
      ['street', vendor.Street, STREET_LINES.map((line) => address[line] ?? '').join(' ')],
      ['city', vendor.City, address.City ?? ''],
      ['state', vendor.State, address.Region ?? ''],
      ['postcode', vendor.Zip_Code, address.PostalCode ?? ''],
    ] as const
    for (const [part, zoho, xero] of parts)
      if (!sameText(zoho.replaceAll(',', ' '), xero.replaceAll(',', ' '))) differ(part, zoho, xero)
    const country = address.Country ?? ''
    if (!sameLetters(vendor.Country, country)) differ('country', vendor.Country, country)
  })
}

/** In front of what we number contacts of vendors and of companies by. */
const NUMBERS = { vendor: 'TANDEMV-', company: 'TANDEM-' } as const

export function isMadeForVendor({ texts }: XeroContact): boolean {
  return (texts.ContactNumber ?? '').startsWith(NUMBERS.vendor)
}

/** Vendors without a contact, and suppliers of Xero without a vendor. `inbox`: ids that it names. */
export function lostVendors(states: BothStates, inbox: ReadonlyMap<string, unknown>): readonly string[] {
  const { zoho, xero } = states
  const known = new Set([
    ...zoho.records.Vendors.map((one) => one.Xero_ID),
    // A person who deletes a vendor takes it out: it is not made again.
    ...zoho.deleted.flatMap((one) => (one.module === 'Vendors' ? [String(one.record.values.Xero_ID)] : [])),
  ])
  return [
    ...zoho.records.Vendors.filter((one) => one.Xero_ID === '' && !inbox.has(one.id)).map(
      (one) => `Zoho Vendor ${one.id} ${one.Vendor_Name}`,
    ),
    ...xero.contacts
      .filter((one) => one.status === 'ACTIVE' && (one.isSupplier || isMadeForVendor(one)))
      .filter((one) => !known.has(one.id) && !inbox.has(one.id))
      .map((one) => `Xero supplier ${one.id} ${one.texts.Name ?? ''}`),
  ]
}

/**
 * Two contacts of ours for one business, which buys and sells: one was made for its company, one for its vendor, although
 * they had one mailbox or one name but for its legal form. Xero itself enforces neither (I2).
 */
export function businessesTwice({ xero }: BothStates): readonly string[] {
  const active = xero.contacts.filter((one) => one.status === 'ACTIVE')
  const ours = (prefix: string) => active.filter((one) => (one.texts.ContactNumber ?? '').startsWith(prefix))
  return ours(NUMBERS.vendor).flatMap((one) =>
    ours(NUMBERS.company)
      .filter((other) => isOneBusiness(one, other))
      .map((other) => `contacts of one business ${one.texts.Name ?? ''}: ${one.id}, ${other.id}`),
  )
}

function isOneBusiness(one: XeroContact, other: XeroContact): boolean {
  const [left, right] = [one.texts, other.texts]
  const email = left.EmailAddress ?? ''
  return (email !== '' && sameKey(email, right.EmailAddress ?? '')) || core(left.Name) === core(right.Name)
}

/** A name without its legal form. */
function core(name = ''): string {
  return folded(name.toLowerCase().replace(/\b(pty|ltd|limited|inc)\b\.?/g, ''))
}
