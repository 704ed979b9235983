import type { Collection } from '../../model/kind.ts'
import { EMAIL_DOMAIN, WEBSITE_DOMAIN } from '../../model/op.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ReferenceData, ZohoField } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { CrossReference, Lookup, MappingContext, MatchedPair, SideView } from '../contract.ts'
import { zohoField } from '../limits.ts'
import { textAt } from '../record-fields.ts'
import { businessNumbers, haveOtherNumbers, writtenForms } from './business-number.ts'
import { areLikeNames, domainOfEmail, domainOfWebsite, isNameWithin, normaliseName } from './match-keys.ts'
import { cleanEmail } from './person-fields.ts'
import { joinName } from './person-name.ts'

/** In front of our link id in Xero's ContactNumber (50 characters; shown there as "Contact Code"). */
const NUMBER_PREFIX = 'TANDEM-'

export function contactNumber(linkId: string): string {
  return `${NUMBER_PREFIX}${linkId}`
}

export function contactModule(settings: ConnectionSettings): 'Accounts' | 'Contacts' {
  return settings.customerModel === 'accountsWithPersons' ? 'Accounts' : 'Contacts'
}

export function contactReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  if (record.side === 'zoho') {
    // A person of a company is found by its company: its own reference names no Xero record alone.
    if (record.collection !== contactModule(settings)) return null
    const field = settings.provisioned.xeroId[record.collection] ?? ''
    const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
    return remoteId === '' ? null : { type: 'partner', remoteId }
  }
  const number = textAt(record.fields, 'ContactNumber')
  return number.startsWith(NUMBER_PREFIX) ? { type: 'link', linkId: number.slice(NUMBER_PREFIX.length) } : null
}

/** As people know it: the Account's or Xero contact's name, or the person's own. */
export function contactName(record: RemoteRecord): string {
  if (record.side === 'xero') return tidy(decodeEntities(textAt(record.fields, 'Name')))
  if (record.collection === 'Accounts') return tidy(textAt(record.fields, 'Account_Name'))
  return joinName({ first: textAt(record.fields, 'First_Name'), last: textAt(record.fields, 'Last_Name') })
}

/** Mailbox of the primary person first, then the business numbers where both sides have one (R18a, R18b). */
export function contactMatchKeys(view: SideView, context: MappingContext): readonly string[] {
  const email = emailOf(view, context.settings)
  return [...(email === '' ? [] : [`email:${email}`]), ...numbersOf(view.main, context)]
}

/** A domain of the company's own before its name: it may join, a name alone never does (R18b). */
export function contactSuggestKeys(view: SideView, { settings }: MappingContext): readonly string[] {
  if (view.main === null) return []
  const name = normaliseName(contactName(view.main))
  const domain = ownDomain(view, settings)
  return [...(domain === '' ? [] : [`domain:${domain}`]), ...(name === '' ? [] : [`name:${name}`])]
}

/**
 * Does the rest agree with the key that two records share? A mailbox may be a bookkeeper's, a domain a whole group's; a
 * business number is the business. For people alone their mailbox is they.
 */
export function doContactsAgree(pair: MatchedPair, context: MappingContext): boolean {
  const isCompany = contactModule(context.settings) === 'Accounts'
  return doPartiesAgree(pair, context, { isCompany, nameOf: contactName, numbersOf })
}

/** How one kind of contact shows who it is. */
export interface PartyForms {
  readonly isCompany: boolean
  nameOf(record: RemoteRecord): string
  numbersOf(record: RemoteRecord, context: MappingContext): readonly string[]
}

export function doPartiesAgree({ key, left, right }: MatchedPair, context: MappingContext, of: PartyForms): boolean {
  const { isCompany, nameOf, numbersOf } = of
  if (haveOtherNumbers(numbersOf(left, context), numbersOf(right, context))) return false
  const names = [nameOf(left), nameOf(right)] as const
  switch (key.split(':')[0]) {
    case 'email':
      return !isCompany || areLikeNames(...names)
    case 'domain':
      return isCompany && isNameWithin(...names)
    case 'name':
      return false
    default:
      return true
  }
}

/** The website's, else the mailbox's, where either is the company's alone. */
function ownDomain(view: SideView, settings: ConnectionSettings): string {
  return domainOfWebsite(textAt(view.main?.fields, 'Website')) || domainOfEmail(emailOf(view, settings))
}

function emailOf(view: SideView, settings: ConnectionSettings): string {
  if (view.side === 'xero') return cleanEmail(textAt(view.main?.fields, 'EmailAddress'))
  const person = contactModule(settings) === 'Accounts' ? view.primary : view.main
  return cleanEmail(textAt(person?.fields, 'Email'))
}

/** How people call it in Australia, New Zealand and the United Kingdom. */
const NUMBER_LABEL =
  /^(?:(?:abn|a\.b\.n\.|acn|nzbn|gst|ird|vat(?: reg(?:istration)?)?|tax(?:ation)?)(?: ?\/ ?(?:abn|acn|gst|vat))?(?: (?:number|no\.?|id))?|(?:australian |new zealand |nz )?business number|(?:australian )?company number|(?:company )?registration number)$/i

/** Zoho has no tax number by default (zoho-crm.md 4): custom fields of the customer's module that are labelled as one. */
export function businessNumberFields(reference: ReferenceData, settings: ConnectionSettings): readonly ZohoField[] {
  return numberFieldsOf(contactModule(settings), reference)
}

export function numberFieldsOf(module: Collection, reference: ReferenceData): readonly ZohoField[] {
  const fields = reference.zoho.fields[module] ?? []
  return fields.filter((field) => field.isCustom && NUMBER_LABEL.test(field.label.trim()))
}

function numbersOf(main: RemoteRecord | null, { settings, reference }: MappingContext): readonly string[] {
  return main === null ? [] : partyNumbers(main, businessNumberFields(reference, settings))
}

/** Company and tax numbers of a record; `fields` are those of its Zoho module that hold one. */
export function partyNumbers(main: RemoteRecord, fields: readonly ZohoField[]): readonly string[] {
  const names = main.side === 'xero' ? ['TaxNumber', 'CompanyNumber'] : fields.map((field) => field.apiName)
  return [...new Set(names.flatMap((name) => businessNumbers(textAt(main.fields, name))))]
}

/** Keys that the target can be asked for; compared again by the match keys afterwards. */
export function contactLookups(target: Side, view: SideView, context: MappingContext): readonly Lookup[] {
  const { main } = view
  if (main === null) return []
  const ask = (collection: Collection, field: string, value: string): Lookup[] =>
    field === '' || value === '' ? [] : [{ collection, key: { field, value } }]
  const { settings, reference } = context
  const email = emailOf(view, settings)
  const name = contactName(main)
  const module = contactModule(settings)
  const domain = module === 'Accounts' ? ownDomain(view, settings) : ''
  const numbers = numbersOf(main, context)
  if (target === 'xero') {
    // Whoever has that very address is on its domain as well.
    const isAsked = domain !== '' && domainOfEmail(email) === domain
    return [
      ...ask('Contacts', EMAIL_DOMAIN, domain),
      ...(isAsked ? [] : ask('Contacts', 'EmailAddress', email)),
      ...ask('Contacts', 'Name', name),
      ...numbers.flatMap(writtenForms).flatMap((form) => ask('Contacts', 'TaxNumber', form)),
    ]
  }
  return [
    ...ask(module, settings.provisioned.xeroId[module] ?? '', main.id),
    ...ask('Contacts', 'Email', email),
    ...ask('Contacts', 'Email', textAt(main.fields, 'EmailAddress').trim()),
    ...ask('Contacts', EMAIL_DOMAIN, domain),
    ...(module === 'Accounts' ? ask('Accounts', 'Account_Name', name) : []),
    // An org may have put the field away: a query that names it would be refused as a whole.
    ...(zohoField(reference, 'Accounts', 'Website') === undefined ? [] : ask('Accounts', WEBSITE_DOMAIN, domain)),
    ...businessNumberFields(reference, settings).flatMap(({ apiName }) =>
      numbers.flatMap(writtenForms).flatMap((form) => ask(module, apiName, form)),
    ),
  ]
}

/** Xero archives who loses a merge and says there where it went (xero.md 4.1). */
export function mergedInto({ side, life, fields }: RemoteRecord): string | null {
  const survivor = side === 'xero' && life === 'archived' ? textAt(fields, 'MergedToContactID').trim() : ''
  return survivor === '' ? null : survivor
}
