import type { ConnectionSettings, KindSettings } from '@tandem/sync/model/settings.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { firstCompany, found, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

/** With limits small enough for a small company. */
const tight = (settings: ConnectionSettings): ConnectionSettings => ({
  ...settings,
  guard: {
    ...settings.guard,
    creates: { count: 3, percent: 1 },
    updates: { count: 5, percent: 1 },
    sameValue: { count: 3, percent: 1 },
  },
})

async function editAll(values: (index: number) => Readonly<Record<string, unknown>>) {
  const { Accounts } = (await readStates(rig)).zoho.records
  for (const [index, one] of Accounts.entries()) await zohoEdit(rig, { module: 'Accounts', id: one.id }, values(index))
}

// Catches: a mass change that crosses before anybody has looked (I9).
describe('mass changes are held until they are approved', () => {
  const cases = [
    {
      code: 'tooManyUpdates',
      deed: () => editAll((index) => ({ Phone: `+61 2 5550 2${String(index).padStart(3, '0')}` })),
    },
    {
      code: 'sameValueEverywhere',
      deed: async () => {
        const { Accounts } = (await readStates(rig)).zoho.records
        for (const one of Accounts.slice(0, 5))
          await zohoEdit(rig, { module: 'Accounts', id: one.id }, { Fax: '+61 2 5550 9999' })
      },
    },
    {
      code: 'tooManyCreates',
      deed: async () => {
        for (const name of ['Ash', 'Birch', 'Cedar', 'Elm', 'Fir'])
          await zohoCreate(rig, 'Accounts', { Account_Name: `${name} Tree Works` })
      },
    },
  ]
  test.each(cases)('$code', async ({ code, deed }) => {
    rig = await syncedCompany({ profile: { contacts: 8 } })
    await rig.change(tight)
    await deed()
    await rig.clock.advance(20_000)
    const result = await rig.pass({ trigger: 'schedule' })
    expect(result).toMatchObject({ type: 'held', code })
    expect(writesSeen(rig)).toEqual([])
    // A scheduled pass does not replace what waits; nothing crosses meanwhile.
    await rig.clock.advance(20_000)
    expect(await rig.pass({ trigger: 'schedule' })).toMatchObject({ type: 'held', code })
    expect(writesSeen(rig)).toEqual([])
    expect((await settle(rig)).end).toBe('quiet')
    expect(writesSeen(rig).length).toBeGreaterThan(0)
    await expectAgrees(rig)
  })
})

// Catches: a first sync, or a historical one, that writes without its preview having been approved (C16).
test('a first sync writes nothing until its plan is approved', async () => {
  rig = await createEngineRig({ rate: 400, profile: { contacts: 6, items: 3, invoices: 3 } })
  for (let pass = 0; pass < 3; pass += 1) {
    expect(await rig.pass({ trigger: 'schedule' })).toMatchObject({ type: 'held', code: 'approvalNeeded' })
    await rig.clock.advance(60_000)
  }
  expect(writesSeen(rig).filter(({ body }) => !body.includes('TANDEM-SERVICE'))).toEqual([])
})

// Catches: an approved plan that overwrites what somebody typed after it was made.
test('an edit made after the preview was approved is kept, and crosses later', async () => {
  rig = await syncedCompany()
  const { account, contact } = await firstCompany(rig)
  await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 1111' })
  await rig.clock.advance(20_000)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
  await rig.clock.advance(60_000)
  await xeroEdit(
    rig,
    { action: 'editContact', id: contact.id },
    { Phones: [{ PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '02', PhoneNumber: '5550 2222' }] },
  )
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.clock.advance(20_000)
  expect(await rig.pass({ approvedPlanId: planned.planId })).toMatchObject({ type: 'done', report: { dropped: 1 } })
  expect(found((await readStates(rig)).xero.contacts, contact.id).phones.DEFAULT.PhoneNumber).toBe('5550 2222')
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
})

// Catches: a kill switch that is looked at too late.
test('with allowSync off no call leaves', async () => {
  rig = await syncedCompany()
  await rig.change((settings) => ({ ...settings, allowSync: false }))
  await editAll((index) => ({ Phone: `+61 2 5550 3${String(index).padStart(3, '0')}` }))
  rig.zoho.control.log.clear()
  rig.xero.control.log.clear()
  expect(await rig.pass()).toMatchObject({ type: 'stopped', code: 'syncSwitchedOff' })
  expect([...rig.zoho.control.log.list(), ...rig.xero.control.log.list()]).toEqual([])
  await rig.change((settings) => ({ ...settings, allowSync: true }))
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
})

const forContacts = (change: (kind: KindSettings) => KindSettings) => (settings: ConnectionSettings) => ({
  ...settings,
  kinds: { ...settings.kinds, contact: change(settings.kinds.contact) },
})

// Catches: writes against a direction or verb that a person has switched off (R11, R12, C4).
describe('direction and verb switches of contacts', () => {
  const closed: readonly {
    name: string
    side: 'zoho' | 'xero'
    verb: 'create' | 'update'
    change: (kind: KindSettings) => KindSettings
  }[] = [
    {
      name: 'only Zoho to Xero: no update of Zoho',
      side: 'zoho',
      verb: 'update',
      change: (kind) => ({ ...kind, direction: 'zohoToXero' }),
    },
    {
      name: 'only Zoho to Xero: no create in Zoho',
      side: 'zoho',
      verb: 'create',
      change: (kind) => ({ ...kind, direction: 'zohoToXero' }),
    },
    {
      name: 'only Xero to Zoho: no update of Xero',
      side: 'xero',
      verb: 'update',
      change: (kind) => ({ ...kind, direction: 'xeroToZoho' }),
    },
    {
      name: 'only Xero to Zoho: no create in Xero',
      side: 'xero',
      verb: 'create',
      change: (kind) => ({ ...kind, direction: 'xeroToZoho' }),
    },
    {
      name: 'no creates in Xero',
      side: 'xero',
      verb: 'create',
      change: (kind) => ({ ...kind, xero: { ...kind.xero, create: false } }),
    },
    {
      name: 'no creates in Zoho',
      side: 'zoho',
      verb: 'create',
      change: (kind) => ({ ...kind, zoho: { ...kind.zoho, create: false } }),
    },
    {
      name: 'no updates of Xero',
      side: 'xero',
      verb: 'update',
      change: (kind) => ({ ...kind, xero: { ...kind.xero, update: false } }),
    },
    {
      name: 'no updates of Zoho',
      side: 'zoho',
      verb: 'update',
      change: (kind) => ({ ...kind, zoho: { ...kind.zoho, update: false } }),
    },
    {
      name: 'contacts off: no update of Xero',
      side: 'xero',
      verb: 'update',
      change: (kind) => ({ ...kind, isOn: false }),
    },
    {
      name: 'contacts off: no create in Zoho',
      side: 'zoho',
      verb: 'create',
      change: (kind) => ({ ...kind, isOn: false }),
    },
  ]
  test.each(closed)('$name; switched on again, it crosses', async ({ side, verb, change }) => {
    rig = await syncedCompany()
    const { account, contact } = await firstCompany(rig)
    const before = (await rig.settings()).kinds.contact
    await rig.change(forContacts(change))
    if (verb === 'create')
      await (side === 'xero'
        ? zohoCreate(rig, 'Accounts', { Account_Name: 'Brand New Works' })
        : xeroCreate(rig, 'createContact', { Name: 'Brand New Works' }))
    else
      await (side === 'xero'
        ? zohoEdit(rig, { module: 'Accounts', id: account.id }, { Fax: '+61 2 5550 6666' })
        : xeroEdit(rig, { action: 'editContact', id: contact.id }, { EmailAddress: 'switch@example.com' }))
    expect((await settle(rig)).end).toBe('quiet')
    expect(writesSeen(rig)).toEqual([])
    await rig.change(forContacts(() => before))
    // Records that were left out come in with the sweep that a wider scope asks for.
    await rig.pass({ detect: 'sweep' })
    expect((await settle(rig)).end).toBe('quiet')
    await expectAgrees(rig)
    expect(writesSeen(rig).length).toBeGreaterThan(0)
  })
})

// Catches: invoices sent to the books that nobody ticked (R05b).
test('with Add to Xero honoured only ticked invoices cross', async () => {
  rig = await syncedCompany({ settings: (settings) => ({ ...settings, addToXero: 'ticked' }) })
  const { account } = await firstCompany(rig)
  const product = (await readStates(rig)).zoho.records.Products.find((one) => one.Xero_ID !== '')
  const invoice = (Subject: string, ticked: boolean) =>
    zohoCreate(rig, 'Invoices', {
      Subject,
      Account_Name: { id: account.id },
      Invoice_Date: '2026-11-18',
      Due_Date: '2026-12-18',
      Status: 'Created',
      Add_to_Xero: ticked,
      Invoiced_Items: [{ Product_Name: { id: product?.id }, Quantity: 1, List_Price: 10 }],
    })
  const ticked = await invoice('Ticked', true)
  const left = await invoice('Not ticked', false)
  expect((await settle(rig)).end).toBe('quiet')
  const { Invoices } = (await readStates(rig)).zoho.records
  expect(found(Invoices, ticked.id).Xero_ID).not.toBe('')
  expect(found(Invoices, left.id).Xero_ID).toBe('')
  await zohoEdit(rig, { module: 'Invoices', id: left.id }, { Add_to_Xero: true })
  expect((await settle(rig)).end).toBe('quiet')
  expect(found((await readStates(rig)).zoho.records.Invoices, left.id).Xero_ID).not.toBe('')
  await expectAgrees(rig)
})
