import type { Collection } from '../../model/kind.ts'
import { EMAIL_DOMAIN, WEBSITE_DOMAIN } from '../../model/op.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import { writtenForms } from '../contact/business-number.ts'
import { doPartiesAgree, numberFieldsOf, partyNumbers } from '../contact/contact-keys.ts'
import { domainOfEmail, domainOfWebsite, normaliseName } from '../contact/match-keys.ts'
import { cleanEmail } from '../contact/person-fields.ts'
import type { CrossReference, Lookup, MappingContext, MatchedPair, SideView } from '../contract.ts'
import { zohoField } from '../limits.ts'
import { textAt } from '../record-fields.ts'

/** In front of our link id in Xero's ContactNumber; another one than customers have, so that nobody takes one for the other. */
const NUMBER_PREFIX = 'TANDEMV-'

export function supplierNumber(linkId: string): string {
  return `${NUMBER_PREFIX}${linkId}`
}

/** Did we make this Xero contact for a supplier of the CRM? Xero itself calls it a supplier from its first bill on. */
export function isMadeForVendor({ fields }: RemoteRecord): boolean {
  return textAt(fields, 'ContactNumber').startsWith(NUMBER_PREFIX)
}

export function vendorReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  if (record.side === 'zoho') {
    const field = settings.provisioned.xeroId.Vendors ?? ''
    const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
    return remoteId === '' ? null : { type: 'partner', remoteId }
  }
  const number = textAt(record.fields, 'ContactNumber')
  return isMadeForVendor(record) ? { type: 'link', linkId: number.slice(NUMBER_PREFIX.length) } : null
}

export function vendorName({ side, fields }: RemoteRecord): string {
  return side === 'xero' ? tidy(decodeEntities(textAt(fields, 'Name'))) : tidy(textAt(fields, 'Vendor_Name'))
}

/** As customers are matched: the mailbox first, then the business numbers where both sides have one (R18a, R18b). */
export function vendorMatchKeys(view: SideView, context: MappingContext): readonly string[] {
  const email = emailOf(view)
  return [...(email === '' ? [] : [`email:${email}`]), ...(view.main === null ? [] : numbersOf(view.main, context))]
}

/** A domain of its own before its name: it may join, a name alone never does. */
export function vendorSuggestKeys(view: SideView): readonly string[] {
  if (view.main === null) return []
  const name = normaliseName(vendorName(view.main))
  const domain = ownDomain(view)
  return [...(domain === '' ? [] : [`domain:${domain}`]), ...(name === '' ? [] : [`name:${name}`])]
}

export function doVendorsAgree(pair: MatchedPair, context: MappingContext): boolean {
  return doPartiesAgree(pair, context, { isCompany: true, nameOf: vendorName, numbersOf })
}

export function vendorLookups(target: Side, view: SideView, context: MappingContext): readonly Lookup[] {
  const { main } = view
  if (main === null) return []
  const collection: Collection = target === 'xero' ? 'Suppliers' : 'Vendors'
  const ask = (field: string, value: string): Lookup[] =>
    field === '' || value === '' ? [] : [{ collection, key: { field, value } }]
  const { settings, reference } = context
  const [email, domain, name] = [emailOf(view), ownDomain(view), vendorName(main)]
  const forms = numbersOf(main, context).flatMap(writtenForms)
  if (target === 'xero') {
    // Whoever has that very address is on its domain as well.
    const isAsked = domain !== '' && domainOfEmail(email) === domain
    return [
      ...ask(EMAIL_DOMAIN, domain),
      ...(isAsked ? [] : ask('EmailAddress', email)),
      ...ask('Name', name),
      ...forms.flatMap((form) => ask('TaxNumber', form)),
    ]
  }
  return [
    ...ask(settings.provisioned.xeroId.Vendors ?? '', main.id),
    ...ask('Email', email),
    ...ask('Email', textAt(main.fields, 'EmailAddress').trim()),
    ...ask(EMAIL_DOMAIN, domain),
    ...ask('Vendor_Name', name),
    // An org may have put the field away: a query that names it would be refused as a whole.
    ...(zohoField(reference, 'Vendors', 'Website') === undefined ? [] : ask(WEBSITE_DOMAIN, domain)),
    ...numberFieldsOf('Vendors', reference).flatMap(({ apiName }) => forms.flatMap((form) => ask(apiName, form))),
  ]
}

function emailOf({ side, main }: SideView): string {
  return cleanEmail(textAt(main?.fields, side === 'xero' ? 'EmailAddress' : 'Email'))
}

/** The website's, else the mailbox's, where either is the supplier's alone. */
function ownDomain(view: SideView): string {
  return domainOfWebsite(textAt(view.main?.fields, 'Website')) || domainOfEmail(emailOf(view))
}

function numbersOf(main: RemoteRecord, { reference }: MappingContext): readonly string[] {
  return partyNumbers(main, numberFieldsOf('Vendors', reference))
}
