import { afterEach, describe, expect, test } from 'vitest'
import { xeroEdit, zohoEdit } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { type BothStates, readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { afterFirstPage, killedWhenCursorMoves, passWith } from './pass-with.ts'
import { syncedCompany } from './small-company.ts'

/* No webhook arrives in any of these: what the lists do not show in time is lost (I7). */

let rig: EngineRig
afterEach(() => rig.close())

const TEN_MINUTES = 600_000

/** How a person edits a linked company on one side, and whether the edit has reached the other. */
const SIDES = [
  {
    side: 'zoho',
    collection: 'Accounts',
    edit: async (account: Account, text: string) =>
      void (await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: `+61 2 5550 ${text}` })),
    hasCrossed: ({ xero }: BothStates, account: Account, text: string) =>
      xero.contacts.find((one) => one.id === account.Xero_ID)?.phones.DEFAULT.PhoneNumber === `5550 ${text}`,
  },
  {
    side: 'xero',
    collection: 'Contacts',
    edit: async (account: Account, text: string) => {
      const PhoneNumber = `5550 ${text}`
      const Phones = [{ PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '2', PhoneNumber }]
      await xeroEdit(rig, { action: 'editContact', id: account.Xero_ID }, { Phones })
    },
    hasCrossed: ({ zoho }: BothStates, account: Account, text: string) =>
      zoho.records.Accounts.some((one) => one.id === account.id && one.Phone.endsWith(`5550 ${text}`)),
  },
] as const

type Account = BothStates['zoho']['records']['Accounts'][number]

async function twoCompanies(): Promise<readonly [Account, Account]> {
  const [first, second] = (await readStates(rig)).zoho.records.Accounts.filter((one) => one.Xero_ID !== '')
  if (first === undefined || second === undefined) throw new Error('The company has fewer than two linked customers')
  return [first, second]
}

describe.each(SIDES)('the cursor of $side $collection', ({ side, collection, edit, hasCrossed }) => {
  async function expectBothCrossed(companies: readonly [Account, Account]): Promise<void> {
    expect((await settle(rig)).end).toBe('quiet')
    const states = await readStates(rig)
    expect([hasCrossed(states, companies[0], '1111'), hasCrossed(states, companies[1], '2222')]).toEqual([true, true])
    await expectAgrees(rig)
  }

  // Catches: a cursor that is on record before the marks of what it has passed (C2).
  test(`${side}: a process killed when the cursor has moved has marked what lies behind it`, async () => {
    rig = await syncedCompany()
    const companies = await twoCompanies()
    await edit(companies[0], '1111')
    // Further back than any overlap reaches.
    await rig.clock.advance(TEN_MINUTES)
    await edit(companies[1], '2222')
    await rig.clock.advance(20_000)
    await expect(passWith(rig, killedWhenCursorMoves(rig, { side, collection }))).rejects.toThrow('killed')
    await expectBothCrossed(companies)
  })

  // Catches: a cursor that is exclusive: both remotes list in whole seconds, and a second is not over when it is read.
  test(`${side}: an edit in the very second of the high water, just after the list was read, crosses`, async () => {
    rig = await syncedCompany()
    const companies = await twoCompanies()
    await rig.clock.advance(TEN_MINUTES)
    const rate = rig.clock.rate()
    rig.clock.setRate(0)
    await rig.clock.set(Math.ceil(rig.clock.now() / 1000) * 1000)
    await edit(companies[0], '1111')
    const ports = afterFirstPage(rig, { side, collection }, async (rows) => {
      expect(rows.map((row) => row.id)).toContain(side === 'zoho' ? companies[0].id : companies[0].Xero_ID)
      await edit(companies[1], '2222')
      rig.clock.setRate(rate)
    })
    await passWith(rig, ports)
    await expectBothCrossed(companies)
  })
})

// Catches: pages by number over a list that changes: the row that slips under the page boundary is never seen again.
describe('an edit while the pages of a long list are read', () => {
  const cases = [
    // Products, since nobody names them: a company would be pulled in by its persons.
    { side: 'zoho', collection: 'Products', profile: { shape: 'zohoOnly', contacts: 0, items: 250 } },
    { side: 'xero', collection: 'Contacts', profile: { shape: 'xeroOnly', contacts: 1_050, items: 0 } },
  ] as const

  test.each(cases)('$side: every record is planned, though one moves to the end between two pages', async (at) => {
    rig = await createEngineRig({ rate: 400, profile: { invoices: 0, ...at.profile } })
    const read = new Set<string>()
    const ports = afterFirstPage(rig, at, async ([first, ...others]) => {
      const id = first?.id ?? ''
      for (const row of others) read.add(row.id)
      await (at.side === 'zoho'
        ? zohoEdit(rig, { module: 'Products', id }, { Description: 'Edited between two pages' })
        : xeroEdit(rig, { action: 'editContact', id }, { AccountNumber: 'EDITED' }))
    })
    const planned = await passWith(rig, ports, { until: 'plan' })
    if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
    const total = Math.max(at.profile.contacts, at.profile.items)
    expect(read.size, 'the list must have a second page').toBeLessThan(total - 1)
    const ops = await rig.store.reports.planOps(planned.planId)
    const creates = ops.filter((op) => op.verb === 'create' && op.role === 'main' && op.side !== at.side)
    expect(creates).toHaveLength(total)
  })
})
