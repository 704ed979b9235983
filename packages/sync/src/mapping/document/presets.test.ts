import { describe, expect, test } from 'vitest'
import type { CustomerModel } from '../../model/kind.ts'
import type { ValueObject } from '../../model/value.ts'
import { defaultMapping, mappingFor } from '../index.ts'
import { contextOf, recordOf, SETTINGS, shownFields, viewOf } from '../testing.ts'
import { documentFaults } from './faults.ts'
import { mappingPresets } from './presets.ts'
import { CUSTOM } from './testing.ts'

function chosen(id: 'default' | 'literalNames', customerModel: CustomerModel) {
  const preset = mappingPresets({ customerModel }).find((one) => one.id === id)
  if (preset === undefined) throw new Error(`No preset ${id}`)
  return { ...SETTINGS, customerModel, mapping: preset.document }
}

/** The names that a Zoho Contact gets from a Xero contact. */
function namesFrom(id: 'default' | 'literalNames', customerModel: CustomerModel, xero: ValueObject) {
  const settings = chosen(id, customerModel)
  const context = contextOf(settings, CUSTOM)
  const view = viewOf(recordOf('xero', 'Contacts', xero))
  const empty = { side: 'zoho' as const, main: null, primary: null, persons: [] }
  const payloads = mappingFor('contact', settings).fields.flatMap((rule) => {
    const accepted = rule.zoho.accept(rule.xero.read(view, context), context)
    const isName = rule.field.toLowerCase().includes('name')
    return isName && accepted.type === 'mapped' && accepted.value !== ''
      ? [rule.zoho.write(accepted.value, empty, context)]
      : []
  })
  const { First_Name, Last_Name } = Object.assign({}, ...payloads.map(shownFields))
  return { First_Name, Last_Name }
}

const ADA = { Name: 'Ada Lee', FirstName: 'Augusta', LastName: 'King' }

describe('both ways of names can be chosen (R21a, R21b)', () => {
  test.each([
    ['default', 'contactsAlone', { First_Name: 'Ada', Last_Name: 'Lee' }],
    ['default', 'accountsWithPersons', { First_Name: 'Augusta', Last_Name: 'King' }],
    ['literalNames', 'contactsAlone', { First_Name: 'Ada Lee', Last_Name: 'Augusta' }],
    ['literalNames', 'accountsWithPersons', { First_Name: 'Ada Lee', Last_Name: 'Augusta' }],
  ] as const)('%s for %s', (id, customerModel, names) => {
    expect(namesFrom(id, customerModel, ADA)).toEqual(names)
  })

  test.each(['contactsAlone', 'accountsWithPersons'] as const)(
    'the literal one has no fault for %s',
    (customerModel) => {
      expect(documentFaults(chosen('literalNames', customerModel), CUSTOM)).toEqual([])
    },
  )

  // Catches: a Xero contact without a first name that Zoho would refuse (zoho-crm.md 9 trap 13).
  test('a missing first name is a dash in Zoho, and nothing in Xero', () => {
    expect(namesFrom('literalNames', 'contactsAlone', { Name: 'Acme Pty' })).toEqual({
      First_Name: 'Acme Pty',
      Last_Name: '-',
    })
    const settings = chosen('literalNames', 'contactsAlone')
    const context = contextOf(settings, CUSTOM)
    const rule = mappingFor('contact', settings).fields.find(({ field }) => field === 'firstName')
    expect(rule?.xero.accept('-', context)).toEqual({ type: 'mapped', value: '' })
  })

  // Catches: the greeting that a create makes of the whole name, written over the mapped first name.
  test('a create sends what is mapped and no made-up greeting', () => {
    const settings = chosen('literalNames', 'contactsAlone')
    const context = contextOf(settings, CUSTOM)
    const view = viewOf(recordOf('zoho', 'Contacts', { First_Name: 'Ada', Last_Name: 'Lee' }))
    expect(mappingFor('contact', settings).createExtras('xero', view, context)).toMatchObject({
      value: { payload: { ContactNumber: 'TANDEM-L1' } },
    })
    expect(JSON.stringify(mappingFor('contact', settings).createExtras('xero', view, context))).not.toContain('Lee')
    expect(JSON.stringify(defaultMapping('contact', settings).createExtras('xero', view, context))).toContain('Lee')
  })
})
