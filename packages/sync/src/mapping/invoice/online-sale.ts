import type { ConnectionSettings } from '../../model/settings.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import { holdFor, type Mapped, type MappingContext, mapped, type Question } from '../contract.ts'
import { textAt } from '../record-fields.ts'

/**
 * The one Xero contact of all online sales (R25): the chosen id, else the active contact of exactly that name. It is
 * made in Xero by a person: two passes, or two processes, that each made one would leave two.
 */
export function onlineSaleContact(context: MappingContext): Mapped<string> {
  const { contactId, name } = context.settings.invoice.onlineSale
  if (contactId !== '') return mapped(contactId)
  const question = onlineSaleQuestion(context.settings)
  const answer = question === null ? [] : (context.answer(question) ?? [])
  const named = answer.filter(
    (contact) => contact.life === 'live' && tidy(decodeEntities(textAt(contact.fields, 'Name'))) === tidy(name),
  )
  const [contact, ...others] = named
  if (contact !== undefined && others.length === 0) return mapped(contact.id)
  const found = contact === undefined ? 'no active contact is' : 'several contacts are'
  return holdFor('onlineSaleContactMissing', `In Xero ${found} named "${name}"`)
}

/** null where an id is chosen, or where no sale goes to it. */
export function onlineSaleQuestion({ invoice }: ConnectionSettings): Question | null {
  const { contactId, name } = invoice.onlineSale
  if (invoice.customer !== 'onlineSale' || contactId !== '' || name.trim() === '') return null
  return { type: 'key', side: 'xero', lookup: { collection: 'Contacts', key: { field: 'Name', value: tidy(name) } } }
}
