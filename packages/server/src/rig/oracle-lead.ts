import { type Difference, differences } from './oracle-difference.ts'
import type { BothStates, XeroContact, ZohoLead } from './oracle-state.ts'
import { sameKey, samePhone, sameText } from './oracle-text.ts'

/** A lead that nobody has converted, with the Xero contact that it names (R13b). */
export interface LeadPair {
  readonly lead: ZohoLead
  readonly contact: XeroContact
}

export function leadPairs({ zoho, xero }: BothStates): readonly LeadPair[] {
  return zoho.records.Leads.flatMap((lead) => {
    const contact = lead.Converted__s ? undefined : xero.contacts.find((one) => one.id === lead.Xero_ID)
    return contact === undefined ? [] : [{ lead, contact }]
  })
}

export function leadDifferences({ lead, contact }: LeadPair): readonly Difference[] {
  return differences({ kind: 'contact', zohoId: lead.id, xeroId: contact.id }, (differ) => {
    const texts = (name: string) => contact.texts[name] ?? ''
    if (!sameText(lead.Company, texts('Name'))) differ('company', lead.Company, texts('Name'))
    if (!sameKey(lead.Email, texts('EmailAddress'))) differ('email', lead.Email, texts('EmailAddress'))
    if (!sameText(lead.First_Name, texts('FirstName'))) differ('firstName', lead.First_Name, texts('FirstName'))
    // Zoho needs a last name: without one in Xero it shows a stand-in.
    const last = texts('LastName')
    if (last !== '' && !sameText(lead.Last_Name, last)) differ('lastName', lead.Last_Name, last)
    const { DEFAULT, MOBILE } = contact.phones
    if (!samePhone(lead.Phone, DEFAULT)) differ('phone', lead.Phone, DEFAULT.PhoneNumber)
    if (!samePhone(lead.Mobile, MOBILE)) differ('mobile', lead.Mobile, MOBILE.PhoneNumber)
    const city = contact.addresses.POBOX.City ?? ''
    if (!sameText(lead.City, city)) differ('city', lead.City, city)
  })
}

/**
 * A Xero contact whose lead was converted goes on with the company that came of it, and with no other (R13b). `held`:
 * ids that the inbox names.
 */
export function leftBehind({ zoho, xero }: BothStates, held: ReadonlyMap<string, unknown>): readonly string[] {
  const { Leads, Accounts } = zoho.records
  return Leads.flatMap((lead) => {
    const company = Accounts.find((one) => one.id === lead.Converted_Account)
    const contact = xero.contacts.find((one) => one.id === lead.Xero_ID && one.status === 'ACTIVE')
    if (!lead.Converted__s || company === undefined || contact === undefined) return []
    if (company.Xero_ID === contact.id || [lead.id, company.id, contact.id].some((id) => held.has(id))) return []
    return [`lead ${lead.id} became ${company.id}, which names "${company.Xero_ID}" instead of ${contact.id}`]
  })
}
