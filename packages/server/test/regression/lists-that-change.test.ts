import { afterEach, describe, expect, test } from 'vitest'
import { xeroEdit, zohoEdit } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from '../engine/corresponds.ts'
import { companyOf, syncedCompany } from '../engine/small-company.ts'
import { afterEachAnswer } from './traffic.ts'

let rig: EngineRig
afterEach(() => rig.close())

const NO_LIMIT = { count: 100_000, percent: 100 }
const isPageOne = (request: Request, path: string) => {
  const url = new URL(request.url)
  return request.method === 'GET' && url.pathname.endsWith(path) && (url.searchParams.get('page') ?? '1') === '1'
}

// Catches: page-number paging over a list sorted by modification time; a row edited during the scan moves to the end,
// the rest shifts one place forward, and one row per edit is never read (bug 1). No webhooks here, nothing heals it.
describe('records edited while they are being listed', () => {
  test('Xero: 1,040 contacts, 30 of the first page edited after it was read: all of them arrive', async () => {
    const COUNT = 1_040
    rig = await createEngineRig({
      rate: 1000,
      profile: { contacts: COUNT, items: 0, invoices: 0, shape: 'xeroOnly' },
    })
    const ids = (await readStates(rig)).xero.contacts.slice(0, 30).map((one) => one.id)
    let edited = 0
    afterEachAnswer(rig.xero, async (request) => {
      if (edited > 0 || !isPageOne(request, '/Contacts')) return
      edited = ids.length
      for (const id of ids) await xeroEdit(rig, { action: 'editContact', id }, { FirstName: 'Late', LastName: 'Edit' })
    })
    expect((await settle(rig, { limit: 20 })).end).toBe('quiet')
    expect(edited).toBe(30)
    const { pairs } = await expectAgrees(rig)
    expect(pairs.contact).toBe(COUNT)
  }, 120_000)

  test('Zoho: a delta of 450 companies, 30 of the first page edited again while it is read: every edit crosses', async () => {
    rig = await createEngineRig({
      rate: 1000,
      profile: { contacts: 450, items: 0, invoices: 0, shape: 'bothEqual' },
      settings: (settings) => ({
        ...settings,
        guard: { ...settings.guard, creates: NO_LIMIT, updates: NO_LIMIT, sameValue: NO_LIMIT },
      }),
    })
    expect((await settle(rig)).end).toBe('quiet')
    const accounts = (await readStates(rig)).zoho.records.Accounts
    const faxOf = (index: number) => `+61 2 5550 ${1000 + index}`
    for (const [index, one] of accounts.entries())
      await zohoEdit(rig, { module: 'Accounts', id: one.id }, { Fax: faxOf(index) })
    let edited = 0
    afterEachAnswer(rig.zoho, async (request) => {
      if (edited > 0 || !isPageOne(request, '/Accounts')) return
      edited = 30
      for (const one of accounts.slice(0, edited))
        await zohoEdit(rig, { module: 'Accounts', id: one.id }, { Phone: '+61 2 5551 0000' })
    })
    expect((await settle(rig, { limit: 20 })).end).toBe('quiet')
    expect(edited).toBe(30)
    const contacts = new Map((await readStates(rig)).xero.contacts.map((one) => [one.id, one]))
    const fax = (id: string) => contacts.get(id)?.phones.FAX.PhoneNumber
    expect(accounts.filter((one, index) => fax(one.Xero_ID) !== `5550 ${1000 + index}`)).toEqual([])
    await expectAgrees(rig)
  }, 120_000)
})

// Catches: a page number kept from an interrupted poll and used on the list as it is by then: page 2 of another set
// (bug 4).
test('a poll that broke off at page 2 misses nothing, though the list has changed since', async () => {
  rig = await createEngineRig({ rate: 1000, profile: { contacts: 450, items: 0, invoices: 0, shape: 'zohoOnly' } })
  rig.zoho.control.faults.add({
    effect: { type: 'respond', status: 503, body: 'offline', headers: {} },
    method: 'GET',
    path: '/crm/v8/Accounts\\?',
    skip: 1,
    times: 100,
  })
  expect((await rig.pass()).type).toBe('interrupted')
  rig.zoho.control.faults.clear()
  const accounts = (await readStates(rig)).zoho.records.Accounts
  for (const one of accounts.slice(0, 220))
    await zohoEdit(rig, { module: 'Accounts', id: one.id }, { Phone: '+61 2 5550 4321' })
  expect((await settle(rig, { limit: 20 })).end).toBe('quiet')
  expect((await expectAgrees(rig)).pairs.contact).toBe(450)
}, 120_000)

// Catches: a cursor that steps one unit past the last row, or a version taken for compared while its second still runs:
// an edit in that very second has the same version and is never seen (bug 2).
describe('edits in the second that was just read', () => {
  test.each(['the same record', 'another record'] as const)('%s, on both sides', async (which) => {
    rig = await syncedCompany({ profile: { contacts: 6 } })
    const linked = (await readStates(rig)).zoho.records.Accounts.filter((one) => one.Xero_ID !== '')
    const [first, second] = linked
    const third = linked[2]
    const other = which === 'the same record' ? first : third
    rig.clock.setRate(0)
    await rig.clock.set(Math.ceil(rig.clock.now() / 1000) * 1000)
    await zohoEdit(rig, { module: 'Accounts', id: first?.id ?? '' }, { Phone: '+61 2 5550 1111' })
    await xeroEdit(rig, { action: 'editContact', id: second?.Xero_ID ?? '' }, { EmailAddress: 'first@example.com' })
    expect((await rig.pass()).type).toBe('done')
    await zohoEdit(rig, { module: 'Accounts', id: other?.id ?? '' }, { Fax: '+61 2 5550 2222' })
    const inXero = which === 'the same record' ? second : linked[3]
    await xeroEdit(rig, { action: 'editContact', id: inXero?.Xero_ID ?? '' }, { FirstName: 'Second', LastName: 'Edit' })
    rig.clock.setRate(400)
    expect((await settle(rig)).end).toBe('quiet')
    const after = await readStates(rig)
    expect(companyOf(after, other?.id ?? '').contact.phones.FAX.PhoneNumber).toBe('5550 2222')
    expect(companyOf(after, inXero?.id ?? '').persons.map((one) => one.Last_Name)).toContain('Edit')
    await expectAgrees(rig)
  })

  test('the same record, whose first edit was in a field that nobody maps', async () => {
    rig = await syncedCompany({ profile: { contacts: 6 } })
    const [first, second] = (await readStates(rig)).zoho.records.Accounts.filter((one) => one.Xero_ID !== '')
    rig.clock.setRate(0)
    await rig.clock.set(Math.ceil(rig.clock.now() / 1000) * 1000)
    await zohoEdit(rig, { module: 'Accounts', id: first?.id ?? '' }, { Description: 'Nobody maps this' })
    await xeroEdit(rig, { action: 'editContact', id: second?.Xero_ID ?? '' }, { AccountNumber: 'nor this' })
    // Nothing is written, so that no echo of ours leads back to the record.
    expect(await rig.pass()).toMatchObject({ type: 'done', report: { writes: { zoho: 0, xero: 0 } } })
    await zohoEdit(rig, { module: 'Accounts', id: first?.id ?? '' }, { Fax: '+61 2 5550 3333' })
    await xeroEdit(
      rig,
      { action: 'editContact', id: second?.Xero_ID ?? '' },
      { FirstName: 'Same', LastName: 'Instant' },
    )
    rig.clock.setRate(400)
    expect((await settle(rig)).end).toBe('quiet')
    const after = await readStates(rig)
    expect(companyOf(after, first?.id ?? '').contact.phones.FAX.PhoneNumber).toBe('5550 3333')
    expect(companyOf(after, second?.id ?? '').persons.map((one) => one.Last_Name)).toContain('Instant')
    await expectAgrees(rig)
  })
})
