import { afterEach, describe, expect, test } from 'vitest'
import { xeroCreate, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { faultOn } from './fault-list.ts'
import { syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const NAME = 'Ash Tree Works'

/** Every answer of these creates is lost after the commit; the fourth attempt would be a new request. */
function loseAnswers(side: 'zoho' | 'xero', collection: string): void {
  const lost = { name: 'answer lost after commit', side, effect: { type: 'dropAfter' }, times: 3 } as const
  const { faults } = side === 'zoho' ? rig.zoho.control : rig.xero.control
  faults.add(faultOn(lost, collection))
}

/*
 * Companies with nothing but a name: no mailbox by which the lost one could be matched, and a like name alone rightly
 * waits for a person. Only the identity that our create carried says that it is ours.
 */
// Catches: creates without an identity of their own: held for a person as a stranger's, or made twice (I2).
describe('a create whose answers are lost is found again by itself', () => {
  test('a contact in Xero', async () => {
    rig = await syncedCompany()
    loseAnswers('xero', 'Contacts')
    await zohoCreate(rig, 'Accounts', { Account_Name: NAME })
    expect((await settle(rig, { pauseMs: 90_000 })).end).toBe('quiet')
    await expectAgrees(rig)
    const { zoho, xero } = await readStates(rig)
    const [contact, ...others] = xero.contacts.filter((one) => one.texts.Name === NAME)
    expect(others).toEqual([])
    expect(zoho.records.Accounts.find((one) => one.Account_Name === NAME)?.Xero_ID).toBe(contact?.id)
  })
  test('a company in Zoho', async () => {
    rig = await syncedCompany()
    loseAnswers('zoho', 'Accounts')
    const contact = await xeroCreate(rig, 'createContact', { Name: NAME })
    expect((await settle(rig, { pauseMs: 90_000 })).end).toBe('quiet')
    await expectAgrees(rig)
    const { Accounts } = (await readStates(rig)).zoho.records
    expect(Accounts.filter((one) => one.Account_Name === NAME).map((one) => one.Xero_ID)).toEqual([contact.id])
  })
})
