import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { relinkLines } from '../src/cli/render/relinks.ts'
import { createOperations } from '../src/operations/operations.ts'
import { answer } from '../src/problem.ts'
import type { EngineRig } from '../src/rig/engine-rig.ts'
import { readStates } from '../src/rig/oracle-state.ts'
import { atRest, counts } from './engine/leads.ts'
import { firstCompany, syncedCompany } from './engine/small-company.ts'
import { must, testTandem } from './test-tandem.ts'

let rig: EngineRig
beforeEach(async () => {
  rig = await syncedCompany()
})
afterEach(() => rig.close())

/** What a person can do about the rig's connection. */
async function desk() {
  const { tandem } = await testTandem({
    openRemotes: (connection, priority) => rig.ports.openRemotes(connection, priority),
    prepare: async (draft) => {
      if (draft.reference === null) throw new Error('The rig has no reference')
      return answer({ settings: draft.settings, reference: draft.reference, notes: [] })
    },
  })
  return createOperations({ ...tandem, store: rig.store, clock: rig.ports.clock, chance: rig.ports.chance })
}

describe('another customer model (R13)', () => {
  // Catches: a change that re-links without having shown what, or that shows something else than it does.
  test('is shown first, line by line, and done as it was shown', async () => {
    const operations = await desk()
    const before = await counts(rig)
    const { account, contact, persons } = await firstCompany(rig)
    const shown = must(await operations.previewCustomerModel('rig', 'contactsAlone'))
    const line = shown.relinks.find((one) => one.xeroId === contact.id)
    expect(line).toMatchObject({ from: { collection: 'Accounts', id: account.id }, to: { collection: 'Contacts' } })
    expect(persons.map(({ id }) => id)).toContain(line?.to?.id)
    expect(relinkLines(shown).join('\n')).toContain(`customer-model set contactsAlone --preview ${shown.preview}`)
    expect(await counts(rig)).toEqual(before)
    const change = { customerModel: 'contactsAlone', preview: shown.preview } as const
    must(await operations.changeCustomerModel('rig', change))
    await rig.clock.advance(20_000)
    const held = await rig.pass({ detect: 'sweep' })
    // Nothing is written before a person approves it.
    expect(held.type).toBe('held')
    await rig.syncApproved({ detect: 'sweep' })
    await atRest(rig)
    expect(await counts(rig)).toEqual(before)
    const { zoho } = await readStates(rig)
    const done = shown.relinks.filter(({ to }) => to !== null)
    const named = done.map(({ to }) => zoho.records.Contacts.find(({ id }) => id === to?.id)?.Xero_ID)
    expect(named).toEqual(done.map(({ xeroId }) => xeroId))
  })

  // Catches: the change by the back door of the settings, and a preview of last week that is taken for today's.
  test('is refused unseen, and when something has moved since it was seen', async () => {
    const operations = await desk()
    const settings = must(await operations.settings('rig'))
    const wanted: ConnectionSettings = { ...settings, customerModel: 'contactsAlone' }
    expect(await operations.saveSettings('rig', wanted)).toMatchObject({ type: 'problem' })
    const stale = { customerModel: 'contactsAlone', preview: '0123456789abcdef' } as const
    expect(await operations.changeCustomerModel('rig', stale)).toMatchObject({ type: 'problem' })
    expect(must(await operations.settings('rig'))).toEqual(settings)
  })

  // Catches: a re-link of everybody where only the persons come or go.
  test('companies with or without their persons keep their links', async () => {
    const operations = await desk()
    const shown = must(await operations.previewCustomerModel('rig', 'accountsAlone'))
    expect(shown.relinks).toEqual([])
    expect(shown.unchanged).toBeGreaterThan(0)
  })
})
