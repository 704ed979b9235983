import { afterEach, expect, test } from 'vitest'
import { xeroEdit, zohoEdit } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
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

/** A first sync and an edit on each side: what was written, in its order, and what waits for a person. */
async function journey(rig: EngineRig) {
  forgetRequests(rig)
  expect((await settle(rig)).end).toBe('quiet')
  const { account, contact } = await firstCompany(rig)
  await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 1111' })
  await xeroEdit(rig, { action: 'editContact', id: contact.id }, { FirstName: 'Edited' })
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
  const inbox = await rig.store.reports.inbox(rig.connectionId)
  return {
    writes: writesSeen(rig),
    inbox: inbox.map(({ code, title }) => `${code} ${title}`).sort(),
  }
}

/** Every call of it fails in some way, and its passes never end well. */
async function troubled(store: EngineRig['store']): Promise<EngineRig> {
  const rig = await createEngineRig({
    seed: 9,
    connectionId: 'troubled',
    profile: { seed: 9, contacts: 8, items: 4, invoices: 6 },
    openStore: async () => store,
  })
  const times = 100_000
  const broken = { type: 'respond', status: 500, body: 'no', headers: {} } as const
  rig.zoho.control.faults.add({ effect: broken, method: 'GET', path: 'Products', skip: 0, times })
  rig.xero.control.faults.add({ effect: { type: 'dropAfter' }, method: 'PUT', path: '.', skip: 0, times })
  return rig
}

// Catches: links, marks, holds, leases or cursors of one connection read, cleared or moved by another's pass (I10).
test('beside a connection in trouble, another writes, asks and shows just what it does alone', async () => {
  const alone = await journey(await healthy())
  const rig = await healthy()
  const other = await troubled(rig.store)
  let isOver = false
  const trouble = (async () => {
    const ends: string[] = []
    while (!isOver) {
      await other.clock.advance(20_000)
      ends.push((await other.syncApproved()).type)
    }
    return ends
  })()
  const beside = await journey(rig).finally(() => {
    isOver = true
  })
  const ends = await trouble
  other.clock.stop()
  expect(beside).toEqual(alone)
  expect(ends.length).toBeGreaterThan(1)
  expect(ends).not.toContain('done')
})
