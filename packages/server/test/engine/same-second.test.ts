import { afterEach, expect, test } from 'vitest'
import { xeroAct, xeroEdit, zohoAct, zohoEdit } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'

let rig: EngineRig
afterEach(() => rig.close())

const MANY = 1_000
const NO_LIMIT = { count: 100_000, percent: 100 }

/** Many linked companies at rest; guard rails are wide open, other tests look at those. */
async function manyCompanies(): Promise<EngineRig> {
  const made = await createEngineRig({
    rate: 400,
    profile: { contacts: MANY + 200, items: 0, invoices: 0, shape: 'bothEqual' },
    settings: (settings) => ({
      ...settings,
      guard: { ...settings.guard, creates: NO_LIMIT, updates: NO_LIMIT, sameValue: NO_LIMIT },
    }),
  })
  await made.syncApproved()
  expect((await settle(made)).end).toBe('quiet')
  forgetRequests(made)
  return made
}

/** Rates stand still, so that everything inside happens at one instant. */
async function atOneInstant(of: EngineRig, deeds: () => Promise<void>): Promise<void> {
  const rate = of.clock.rate()
  of.clock.setRate(0)
  await of.clock.set(Math.ceil(of.clock.now() / 1000) * 1000)
  await deeds()
  of.clock.setRate(rate)
}

// Catches: paging by offset or by `since` through a second that fills more than a page (200 in Zoho, 1,000 in Xero).
test('1,000 rows edited within one second on each side all cross', async () => {
  rig = await manyCompanies()
  const { zoho, xero } = await readStates(rig)
  const accounts = zoho.records.Accounts.slice(0, MANY)
  const contacts = xero.contacts.slice(0, MANY)
  await atOneInstant(rig, async () => {
    for (const [index, one] of accounts.entries())
      await zohoEdit(rig, { module: 'Accounts', id: one.id }, { Phone: `+61 2 5550 ${1000 + index}` })
    for (const [index, one] of contacts.entries())
      await xeroEdit(rig, { action: 'editContact', id: one.id }, { EmailAddress: `box${index}@example.com` })
  })
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
  const after = await readStates(rig)
  const phones = new Map(after.xero.contacts.map((one) => [one.id, one.phones.DEFAULT.PhoneNumber]))
  expect(accounts.filter((one, index) => phones.get(one.Xero_ID) !== `5550 ${1000 + index}`)).toEqual([])
  expect(after.zoho.records.Contacts.filter((one) => /^box\d+@example.com$/.test(one.Email))).toHaveLength(MANY)
}, 120_000)

// Catches: the same where an import touches rows in fields that nobody maps: none may be missed, nothing may be written.
test('1,000 rows touched within one second are all read again and nothing is written', async () => {
  rig = await manyCompanies()
  await zohoAct(rig, { action: 'bulkTouch', module: 'Accounts', count: MANY })
  await xeroAct(rig, { action: 'bulkTouch', kind: 'contact', count: MANY })
  const seen = new Set<string>()
  const result = await rig.pass()
  expect(result.type).toBe('done')
  for (const request of [...rig.zoho.control.log.list(), ...rig.xero.control.log.list()])
    for (const [id] of request.responseBody.matchAll(/56000000000010\d{5}|[0-9a-f-]{36}/g)) seen.add(id)
  const { zoho, xero } = await readStates(rig)
  const touched = zoho.records.Accounts.filter((one) => String(one.Description).startsWith('Touched'))
  expect(touched).toHaveLength(MANY)
  expect(touched.filter((one) => !seen.has(one.id))).toEqual([])
  const touchedInXero = xero.contacts.filter((one) => one.texts.AccountNumber?.startsWith('touched'))
  expect(touchedInXero).toHaveLength(MANY)
  expect((await settle(rig)).end).toBe('quiet')
  expect(writesSeen(rig)).toEqual([])
}, 120_000)
