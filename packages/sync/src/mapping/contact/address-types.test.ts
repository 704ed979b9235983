import { describe, expect, test } from 'vitest'
import type { ConnectionSettings } from '../../model/settings.ts'
import { isValueObject, type ValueObject } from '../../model/value.ts'
import { rowsAt, textAt } from '../record-fields.ts'
import { contextOf, recordOf, SETTINGS, viewOf } from '../testing.ts'
import { contactMapping } from './contact-mapping.ts'

const ADDRESSES = {
  accountsWithPersons: { Billing_City: 'Perth', Shipping_City: 'Hobart' },
  accountsAlone: { Billing_City: 'Perth', Shipping_City: 'Hobart' },
  contactsAlone: { Mailing_City: 'Perth', Other_City: 'Hobart' },
} as const

/** City by Xero's address type, as both rules write them. */
function citiesIn(settings: ConnectionSettings): Readonly<Record<string, string>> {
  const context = contextOf(settings)
  const collection = settings.customerModel === 'contactsAlone' ? 'Contacts' : 'Accounts'
  const view = viewOf(recordOf('zoho', collection, ADDRESSES[settings.customerModel]))
  const rules = contactMapping(settings).fields.filter(({ field }) => field.endsWith('Address'))
  const slots = rules.flatMap((rule): readonly ValueObject[] => {
    const accepted = rule.xero.accept(rule.zoho.read(view, context), context)
    if (accepted.type === 'hold' || !isValueObject(accepted.value)) return []
    return rowsAt(rule.xero.write(accepted.value, viewOf(null), context), 'Addresses')
  })
  return Object.fromEntries(slots.map((slot) => [textAt(slot, 'AddressType'), textAt(slot, 'City')]))
}

// Catches: both addresses in one slot, or a toggle that one customer model forgets (R29).
describe.each(['accountsWithPersons', 'accountsAlone', 'contactsAlone'] as const)('%s', (customerModel) => {
  test('billing goes to the mailing address that Xero prints, shipping to the delivery address', () => {
    expect(citiesIn({ ...SETTINGS, customerModel })).toEqual({ POBOX: 'Perth', STREET: 'Hobart' })
  })
  test('swapped, the other way round', () => {
    expect(citiesIn({ ...SETTINGS, customerModel, swapAddresses: true })).toEqual({ POBOX: 'Hobart', STREET: 'Perth' })
  })
})
