import { afterEach, expect, test } from 'vitest'
import { xeroEdit, zohoEdit } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { forgetRequests, type WriteSeen, writesSeen } from '../../src/rig/requests.ts'
import { expectAgrees } from './corresponds.ts'
import { firstCompany } from './small-company.ts'

const opened: EngineRig[] = []
afterEach(async () => {
  for (const rig of opened.splice(0)) await rig.close()
})

async function healthy(): Promise<EngineRig> {
  const rig = await createEngineRig({
    seed: 5,
    profile: { seed: 5, contacts: 8, items: 4, invoices: 6, shape: 'zohoOnly' },
  })
  opened.push(rig)
  return rig
}

const ROUNDS = 4

/** A first sync and an edit on each side: what was written, in its order, and what waits for a person. */
async function journey(rig: EngineRig, between: () => Promise<void>) {
  const passes = async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await rig.clock.advance(20_000)
      await rig.syncApproved()
      await between()
    }
  }
  forgetRequests(rig)
  await passes()
  const { account, contact } = await firstCompany(rig)
  await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 1111' })
  await xeroEdit(rig, { action: 'editContact', id: contact.id }, { FirstName: 'Edited' })
  await passes()
  await expectAgrees(rig)
  const inbox = await rig.store.reports.inbox(rig.connectionId)
  return { writes: writesSeen(rig).map(timeless), inbox: inbox.map(({ code, title }) => `${code} ${title}`).sort() }
}

/** When it was sent is no matter of the other connection's. */
function timeless(write: WriteSeen): WriteSeen {
  return { ...write, body: write.body.replace(/("Xero_Last_Synced":)"[^"]*"/g, '$1""') }
}

/** The same store, other sandboxes: what it writes has no answer, and some of its lists cannot be read. */
async function troubled(store: EngineRig['store']): Promise<EngineRig> {
  const rig = await createEngineRig({
    rate: 2_000,
    seed: 9,
    connectionId: 'troubled',
    dataCentre: 'eu',
    profile: { seed: 9, contacts: 8, items: 4, invoices: 6 },
    openStore: async () => store,
  })
  rig.xero.control.faults.add({ effect: { type: 'dropAfter' }, method: 'PUT', path: '.', skip: 1, times: 100_000 })
  return rig
}

// Catches: links, marks, holds, leases or cursors of one connection read, cleared or moved by another's pass (I10).
test('beside a connection in trouble, another writes and shows just what it does alone', async () => {
  const alone = await journey(await healthy(), async () => undefined)
  const rig = await healthy()
  const other = await troubled(rig.store)
  const ends: string[] = []
  const beside = await journey(rig, async () => {
    await other.clock.advance(20_000)
    ends.push((await other.syncApproved()).type)
  })
  other.clock.stop()
  expect(beside).toEqual(alone)
  expect(writesSeen(other).length).toBeGreaterThan(0)
  expect(ends).toContain('interrupted')
})
