import { afterEach, describe, expect, test } from 'vitest'
import { xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { primaryOf } from '../../src/rig/oracle-contact.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees, expectCorresponds } from './corresponds.ts'
import { companyOf, firstCompany, found, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const MINUTES = 60_000

describe('edits on both sides of one company', () => {
  // Catches: a write of the whole record, which would put the other side's old phone or e-mail back (I3).
  test('a phone edited in Zoho and an e-mail edited in Xero are on both sides afterwards', async () => {
    rig = await syncedCompany()
    const { account, contact } = await firstCompany(rig)
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { EmailAddress: 'new.box@example.com' })
    expect((await settle(rig)).end).toBe('quiet')
    const after = companyOf(await readStates(rig), account.id)
    expect(after.account.Phone).toBe('+61 2 5550 7777')
    expect(after.contact.phones.DEFAULT).toMatchObject({ PhoneCountryCode: '61', PhoneNumber: '5550 7777' })
    expect(after.contact.texts.EmailAddress).toBe('new.box@example.com')
    expect(primaryOf(after.persons)?.Email).toBe('new.box@example.com')
    await expectAgrees(rig)
    // One write a side, no echo (I5).
    expect(writesSeen(rig)).toHaveLength(2)
  })

  // Catches: a conflict that is overwritten without a trace.
  test.each([
    { first: 'zoho', wins: 'xero' },
    { first: 'xero', wins: 'zoho' },
  ] as const)(
    'the same field on both, $first first: both values on record, the later edit wins',
    async ({ first, wins }) => {
      rig = await syncedCompany()
      const { account, contact } = await firstCompany(rig)
      const inZoho = () => zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 1111' })
      const inXero = () =>
        xeroEdit(
          rig,
          { action: 'editContact', id: contact.id },
          { Phones: [{ PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '02', PhoneNumber: '5550 2222' }] },
        )
      await (first === 'zoho' ? inZoho() : inXero())
      await rig.clock.advance(10 * MINUTES)
      await (first === 'zoho' ? inXero() : inZoho())
      expect((await settle(rig)).end).toBe('quiet')
      const after = companyOf(await readStates(rig), account.id)
      expect(after.account.Phone).toBe(wins === 'zoho' ? '+61 2 5550 1111' : '+61 2 5550 2222')
      await expectAgrees(rig)
      // The first link left rows of its own: the newest is this one.
      const [conflict, ...others] = await rig.store.reports.conflicts(rig.connectionId, 100)
      expect(conflict).toMatchObject({
        kind: 'contact',
        field: 'phone',
        winner: wins,
        policy: 'newest',
        state: 'closed',
      })
      expect(others.filter((one) => one.policy !== 'firstLink')).toEqual([])
      expect(conflict?.zoho).toBe('+61 2 5550 1111')
      expect(JSON.stringify(conflict?.xero)).toContain('5550 2222')
    },
  )

  // Catches: a later round of the same pass that plans from what was read before its own write: our value would come
  // back as a foreign edit, and the person's would be lost (I3).
  test('an e-mail typed in Xero while our write of the phone is on its way survives, and so does the phone', async () => {
    rig = await syncedCompany()
    const { account, contact } = await firstCompany(rig)
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
    const { faults, log } = rig.xero.control
    const effect = { type: 'slow', delayMs: 100 } as const
    faults.add({ effect, method: 'POST', path: '/api.xro/2.0/Contacts', skip: 0, times: 1 })
    await rig.clock.advance(20_000)
    const passing = rig.pass()
    while (!log.list().some(({ method, path }) => method === 'POST' && path.endsWith('/Contacts')))
      await new Promise(setImmediate)
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { EmailAddress: 'on.the.way@example.com' })
    await passing
    expect((await settle(rig)).end).toBe('quiet')
    const after = companyOf(await readStates(rig), account.id)
    expect(after.account.Phone).toBe('+61 2 5550 7777')
    expect(primaryOf(after.persons)?.Email).toBe('on.the.way@example.com')
    await expectAgrees(rig)
    // Each value crossed once: no old phone went back in between (I5).
    expect(
      writesSeen(rig)
        .map(({ side }) => side)
        .sort(),
    ).toEqual(['xero', 'zoho'])
  })

  // Catches: `ask` that decides by itself.
  test('with the policy "ask" nothing is written and the person chooses', async () => {
    rig = await syncedCompany()
    await rig.change((settings) => ({ ...settings, fieldPolicies: { 'contact.phone': { policy: 'ask' } } }))
    const { account, contact } = await firstCompany(rig)
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 1111' })
    await xeroEdit(
      rig,
      { action: 'editContact', id: contact.id },
      { Phones: [{ PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '02', PhoneNumber: '5550 2222' }] },
    )
    expect((await settle(rig)).end).toBe('quiet')
    expect(writesSeen(rig)).toEqual([])
    const [item] = await rig.store.reports.inbox(rig.connectionId)
    expect(item).toMatchObject({ type: 'conflict', code: 'bothSidesChanged' })
    const at = rig.ports.clock.now()
    await rig.store.reports.resolve(rig.connectionId, item?.id ?? '', { type: 'choose', side: 'zoho', at })
    expect((await settle(rig)).end).toBe('quiet')
    await expectAgrees(rig)
    expect(companyOf(await readStates(rig), account.id).account.Phone).toBe('+61 2 5550 1111')
  })
})

// Catches: adopting whoever has the name already, which would mix two customers' books (R18, design section 4).
describe('a contact name that a stranger in Xero already has', () => {
  test.each(['Stranger Danger', 'stranger danger'])('is held, not adopted: a supplier, %s', async (name) => {
    rig = await syncedCompany()
    const stranger = await xeroCreate(rig, 'createContact', { Name: 'Stranger Danger' })
    await xeroCreate(rig, 'createInvoice', {
      Type: 'ACCPAY',
      Contact: { ContactID: stranger.id },
      Date: '2026-11-01',
      LineItems: [{ Description: 'Paper', Quantity: 1, UnitAmount: 10, AccountCode: '310' }],
    })
    await settle(rig)
    await expectHeldBesideStranger(name)
    const { zoho } = await readStates(rig)
    expect(zoho.records.Accounts.filter((one) => one.Xero_ID === stranger.id)).toEqual([])
  })

  test.each(['Stranger Danger', 'stranger danger'])('is held, not adopted: a linked customer, %s', async (name) => {
    rig = await syncedCompany()
    await xeroCreate(rig, 'createContact', { Name: 'Stranger Danger' })
    await settle(rig)
    await expectHeldBesideStranger(name)
  })

  // Catches: the same when the stranger comes between the preview and the write, where only Xero's refusal tells.
  test('is held, not adopted: a stranger who comes after the preview', async () => {
    rig = await syncedCompany()
    const ours = await zohoCreate(rig, 'Accounts', { Account_Name: 'Stranger Danger' })
    await rig.clock.advance(20_000)
    const planned = await rig.pass({ until: 'plan' })
    if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
    const stranger = await xeroCreate(rig, 'createContact', { Name: 'Stranger Danger' })
    await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
    await rig.pass({ approvedPlanId: planned.planId })
    expect((await settle(rig)).end).toBe('quiet')
    const { zoho } = await readStates(rig)
    expect(found(zoho.records.Accounts, ours.id).Xero_ID).toBe('')
    expect(zoho.records.Accounts.filter((one) => one.Xero_ID === stranger.id)).toEqual([])
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    expect(new Set(inbox.map((item) => item.code))).toEqual(new Set(['nameTakenByStranger']))
    await expectCorresponds(rig)
  })

  async function expectHeldBesideStranger(name: string) {
    const ours = await zohoCreate(rig, 'Accounts', { Account_Name: name })
    expect((await settle(rig)).end).toBe('quiet')
    const { zoho, xero } = await readStates(rig)
    expect(found(zoho.records.Accounts, ours.id).Xero_ID).toBe('')
    expect(xero.contacts.filter((one) => one.texts.Name?.toLowerCase() === name.toLowerCase())).toHaveLength(1)
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    expect(inbox.map((item) => item.code)).toEqual(['nameTakenByStranger'])
    await expectCorresponds(rig)
  }
})

// Catches: a likeness that a first sync would show ("Acme" and "Acme Pty Ltd") created as a second customer by a later
// pass, which asks the remotes for exact names only.
test('after the first sync too, a name that differs in its legal form only is shown to a person', async () => {
  rig = await syncedCompany()
  await xeroCreate(rig, 'createContact', { Name: 'Stranger Danger Pty Ltd' })
  await settle(rig)
  const ours = await zohoCreate(rig, 'Accounts', { Account_Name: 'Stranger Danger' })
  expect((await settle(rig)).end).toBe('quiet')
  expect(found((await readStates(rig)).zoho.records.Accounts, ours.id).Xero_ID).toBe('')
})

// Catches: an e-mail address that two Zoho companies share links the later one, seen alone, to the wrong customer: the
// key must be unique on BOTH sides.
test('an e-mail that two Zoho companies share is held, also when only one of them has changed', async () => {
  rig = await syncedCompany()
  const twins = []
  for (const name of ['First Twin', 'Second Twin']) {
    const account = await zohoCreate(rig, 'Accounts', { Account_Name: name })
    const Email = 'shared@example.com'
    await zohoCreate(rig, 'Contacts', { First_Name: 'Sam', Last_Name: name, Email, Account_Name: { id: account.id } })
    twins.push(account)
  }
  await xeroCreate(rig, 'createContact', { Name: 'Somebody', EmailAddress: 'shared@example.com' })
  expect((await settle(rig)).end).toBe('quiet')
  await rig.clock.advance(10 * MINUTES)
  await zohoEdit(rig, { module: 'Accounts', id: twins[1]?.id ?? '' }, { Phone: '+61 2 5550 1234' })
  expect((await settle(rig)).end).toBe('quiet')
  const { zoho } = await readStates(rig)
  expect(twins.map(({ id }) => found(zoho.records.Accounts, id).Xero_ID)).toEqual(['', ''])
  const codes = new Set((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code))
  expect([...codes]).toEqual(['ambiguousMatch'])
  await expectCorresponds(rig)
})
