import { afterEach, describe, expect, test } from 'vitest'
import { xeroCreate, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { loseAnswers } from './lose-answers.ts'
import { syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const NAME = 'Ash Tree Works'

/*
 * Companies with nothing but a name: no mailbox by which the lost one could be matched, and a like name alone rightly
 * waits for a person. Only the identity that our create carried says that it is ours.
 */
// Catches: creates without an identity of their own: held for a person as a stranger's, or made twice (I2).
describe('a create whose answers are lost is found again by itself', () => {
  test('a contact in Xero', async () => {
    rig = await syncedCompany()
    loseAnswers(rig, 'xero', 'Contacts')
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
    loseAnswers(rig, 'zoho', 'Accounts')
    const contact = await xeroCreate(rig, 'createContact', { Name: NAME })
    expect((await settle(rig, { pauseMs: 90_000 })).end).toBe('quiet')
    await expectAgrees(rig)
    const { Accounts } = (await readStates(rig)).zoho.records
    expect(Accounts.filter((one) => one.Account_Name === NAME).map((one) => one.Xero_ID)).toEqual([contact.id])
  })
})
