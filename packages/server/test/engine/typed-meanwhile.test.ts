import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { zohoCreate } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectCorresponds } from './corresponds.ts'

let rig: EngineRig
beforeEach(async () => {
  rig = await createEngineRig({ rate: 400, profile: { contacts: 4, items: 2, invoices: 0, shape: 'xeroOnly' } })
})
afterEach(() => rig.close())

/** A preview that is read for a while before somebody approves it. */
async function approvedLater(meanwhile: () => Promise<unknown>): Promise<void> {
  const planned = await rig.pass()
  if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
  await rig.clock.advance(60_000)
  await meanwhile()
  await rig.clock.advance(60_000)
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.pass({ approvedPlanId: planned.planId })
  expect((await settle(rig)).end).toBe('quiet')
  await expectCorresponds(rig)
}

// Catches: a second company or product made beside the one that a person has typed while the plan waited: Zoho enforces
// neither names nor codes, and the list of the pass that writes has shown it (I2).
describe('what somebody types in the CRM while the preview waits for its approval', () => {
  test('a company of the same name: a person says whether the two are one', async () => {
    const [contact] = (await readStates(rig)).xero.contacts.filter((one) => one.status === 'ACTIVE' && !one.isSupplier)
    const Account_Name = contact?.texts.Name ?? ''
    await approvedLater(() => zohoCreate(rig, 'Accounts', { Account_Name }))
    const { Accounts } = (await readStates(rig)).zoho.records
    expect(Accounts.filter((one) => one.Account_Name === Account_Name)).toHaveLength(1)
    expect((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)).toContain('nameTakenByStranger')
  })

  test('a product of the same code: it is the partner', async () => {
    const [item] = (await readStates(rig)).xero.items.filter((one) => one.isSold)
    const values = { Product_Name: 'Typed by hand', Product_Code: item?.code ?? '', Unit_Price: 5 }
    await approvedLater(() => zohoCreate(rig, 'Products', values))
    const { Products } = (await readStates(rig)).zoho.records
    expect(Products.filter((one) => one.Product_Code === item?.code).map((one) => one.Xero_ID)).toEqual([item?.id])
    expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
  })
})
