import { zohoFieldOf } from '@tandem/sync/mapping/testing.ts'
import { LANGUAGES } from '@tandem/sync/model/code-texts.ts'
import { PAYMENT_STATES } from '@tandem/sync/model/invoice-settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { describe, expect, test } from 'vitest'
import { handTasks } from '../src/operations/list-views.ts'
import { createEngineRig } from '../src/rig/engine-rig.ts'
import { must, REFERENCE, testConnection, testTandem } from './test-tandem.ts'

/* Zoho's API makes no list views (zoho-crm.md 5): a person is told how, with the criteria (R38b). */

function connected(change: Partial<Connection['settings']> = {}): Connection {
  const plain = testConnection('c1')
  const { provisioned } = plain.settings
  const names = { ...provisioned, paymentState: 'Xero_Payment_State1', amountPaid: 'Xero_Amount_Paid' }
  const labels = [
    zohoFieldOf('Xero_Payment_State1', { label: 'Xero Payment State' }),
    zohoFieldOf('Xero_Amount_Paid', { label: 'Received so far' }),
  ]
  const reference = { ...REFERENCE, zoho: { ...REFERENCE.zoho, fields: { Invoices: labels } } }
  return { ...plain, reference, settings: { ...plain.settings, provisioned: names, ...change } }
}

const stepsOf = (connection: Connection, language: 'en' | 'de' | 'fr' = 'en') =>
  handTasks(connection, language).flatMap((task) => task.steps)

describe('the task to make list views', () => {
  // Catches: criteria by another field than connect has made, or a late invoice in none of paid, unpaid and partly paid.
  test('has the exact criteria of all four, by the fields as this CRM calls them', () => {
    expect(stepsOf(connected())).toEqual([
      expect.stringContaining('Custom View'),
      '"Paid", shared with everyone, with the criteria: "Xero Payment State" is Paid',
      '"Unpaid", shared with everyone, with the criteria: (1) "Xero Payment State" is Unpaid; (2) "Xero Payment State" is Overdue; (3) "Received so far" = 0; criteria pattern: 1 or (2 and 3)',
      '"Partly paid", shared with everyone, with the criteria: (1) "Xero Payment State" is Partly paid; (2) "Xero Payment State" is Overdue; (3) "Received so far" > 0; criteria pattern: 1 or (2 and 3)',
      '"Overdue", shared with everyone, with the criteria: "Xero Payment State" is Overdue',
      'Then tick it off: tandem settings set listViews=made',
    ])
  })
  test.each(LANGUAGES)('says the same in %s: values as the CRM has them, words of the reader', (language) => {
    const steps = stepsOf(connected(), language)
    expect(steps).toHaveLength(6)
    for (const state of PAYMENT_STATES) expect(steps.join('\n')).toContain(state)
    expect(steps.at(-1)).toContain('tandem settings set listViews=made')
    if (language !== 'en') expect(steps[1]).not.toBe(stepsOf(connected())[1])
  })
  test('is not there before the field is, without invoices, and once it is ticked off', () => {
    const { kinds } = connected().settings
    expect(handTasks(testConnection('c1'), 'en')).toEqual([])
    expect(handTasks(connected({ kinds: { ...kinds, invoice: { ...kinds.invoice, isOn: false } } }), 'en')).toEqual([])
    expect(handTasks(connected({ listViews: 'made' }), 'en')).toEqual([])
  })
})

test('the doctor and the connection show it until it is ticked off', async () => {
  const rig = await createEngineRig({ profile: { contacts: 1, items: 1, invoices: 1 } })
  const { tandem, operations } = await testTandem({
    openRemotes: async (connection, priority) =>
      rig.ports.openRemotes((await rig.store.connections.get(rig.connectionId)) ?? connection, priority),
  })
  const { generation: _generation, firstSyncDone: _done, ...fresh } = connected()
  await tandem.store.connections.create(fresh)
  const { title, steps } = handTasks(connected(), 'en')[0] ?? { title: '', steps: [] }
  const told = async () => must(await operations.doctor()).checks.filter((check) => check.detail === title)
  expect(await told()).toMatchObject([{ state: 'attention', fix: steps.join('\n') }])
  expect(must(await operations.connections())[0]?.toDo).toEqual([title])
  must(await operations.saveSettings('c1', { ...fresh.settings, listViews: 'made' }))
  expect(must(await operations.connections())[0]?.toDo).toEqual([])
  expect(await told()).toEqual([])
  await rig.close()
})
