import type { Collection } from '../../model/kind.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ReferenceData, ZohoField } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { CrossReference, Lookup, MappingContext, SideView } from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { abnOf, domainOfEmail, domainOfWebsite, normaliseName } from './match-keys.ts'
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

/** Mailbox of the primary person first, then the business number where both sides have one (R18a, R18b). */
export function contactMatchKeys(view: SideView, { settings, reference }: MappingContext): readonly string[] {
  const email = emailOf(view, settings)
  const abn = abnOf(taxNumberOf(view, reference))
  return [...(email === '' ? [] : [`email:${email}`]), ...(abn === '' ? [] : [`abn:${abn}`])]
}

export function contactSuggestKeys(view: SideView, { settings }: MappingContext): readonly string[] {
  if (view.main === null) return []
  const name = normaliseName(contactName(view.main))
  const domain = domainOfWebsite(textAt(view.main.fields, 'Website')) || domainOfEmail(emailOf(view, settings))
  return [...(name === '' ? [] : [`name:${name}`]), ...(domain === '' ? [] : [`domain:${domain}`])]
}

function emailOf(view: SideView, settings: ConnectionSettings): string {
  if (view.side === 'xero') return cleanEmail(textAt(view.main?.fields, 'EmailAddress'))
  const person = contactModule(settings) === 'Accounts' ? view.primary : view.main
  return cleanEmail(textAt(person?.fields, 'Email'))
}

const TAX_NUMBER_LABEL = /^(?:abn|a\.b\.n\.|abn number|australian business number|tax number)$/i

/** Zoho has no tax number by default (zoho-crm.md 4): a custom field that is labelled as one. */
export function taxNumberField(reference: ReferenceData): ZohoField | undefined {
  return reference.zoho.fields.Accounts?.find((field) => field.isCustom && TAX_NUMBER_LABEL.test(field.label.trim()))
}

function taxNumberOf(view: SideView, reference: ReferenceData): string {
  if (view.side === 'xero') return textAt(view.main?.fields, 'TaxNumber')
  const field = taxNumberField(reference)
  return field === undefined ? '' : textAt(view.main?.fields, field.apiName)
}

/** Keys that the target can be asked for; compared again by the match keys afterwards. */
export function contactLookups(target: Side, view: SideView, { settings }: MappingContext): readonly Lookup[] {
  const { main } = view
  if (main === null) return []
  const ask = (collection: Collection, field: string, value: string): Lookup[] =>
    field === '' || value === '' ? [] : [{ collection, key: { field, value } }]
  const email = emailOf(view, settings)
  const name = contactName(main)
  if (target === 'xero') return [...ask('Contacts', 'EmailAddress', email), ...ask('Contacts', 'Name', name)]
  const module = contactModule(settings)
  return [
    ...ask(module, settings.provisioned.xeroId[module] ?? '', main.id),
    ...ask('Contacts', 'Email', email),
    ...ask('Contacts', 'Email', textAt(main.fields, 'EmailAddress').trim()),
    ...(module === 'Accounts' ? ask('Accounts', 'Account_Name', name) : []),
  ]
}

/** Words that every second name has. */
const JOINING: ReadonlySet<string> = new Set(['and', 'of', 'the'])

/** Names whose words are at least half the same, legal forms apart. */
export function haveLikeNames(left: RemoteRecord, right: RemoteRecord): boolean {
  const words = (record: RemoteRecord) =>
    new Set(
      normaliseName(contactName(record))
        .split(' ')
        .filter((word) => word !== '' && !JOINING.has(word)),
    )
  const [a, b] = [words(left), words(right)]
  const shared = [...a].filter((word) => b.has(word)).length
  return shared > 0 && shared * 2 >= Math.min(a.size, b.size) && shared * 3 >= Math.max(a.size, b.size)
}
