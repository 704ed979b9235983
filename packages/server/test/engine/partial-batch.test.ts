import { afterEach, expect, test } from 'vitest'
import { zohoEdit } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees, expectCorresponds } from './corresponds.ts'

let rig: EngineRig
afterEach(() => rig.close())

// Catches: one refused row that takes its batch with it, or that is sent again unchanged for ever (C9).
test('one refused row of a batch waits in the inbox, the others cross; an edit sends it again', async () => {
  rig = await createEngineRig({ rate: 1000, profile: { contacts: 12, items: 0, invoices: 0, shape: 'zohoOnly' } })
  const message = 'The sandbox says no'
  rig.xero.control.faults.add({
    effect: { type: 'named', name: 'partialBatch', options: { index: 3, message } },
    method: 'PUT',
    path: '/Contacts',
    skip: 0,
    times: 1,
  })
  await rig.syncApproved()
  expect((await settle(rig)).end).toBe('quiet')
  const [item, ...others] = await rig.store.reports.inbox(rig.connectionId)
  expect(others).toEqual([])
  expect(item).toMatchObject({ type: 'refusal', code: 'contentRefused' })
  expect(JSON.stringify(item?.detail)).toContain(message)
  const verdict = await expectCorresponds(rig)
  expect(verdict.pairs.contact).toBe(11)
  const lost = (await readStates(rig)).zoho.records.Accounts.find((one) => one.Xero_ID === '')
  await zohoEdit(rig, { module: 'Accounts', id: lost?.id ?? '' }, { Phone: '+61 2 5550 4444' })
  expect((await settle(rig)).end).toBe('quiet')
  expect((await expectAgrees(rig)).pairs.contact).toBe(12)
})
