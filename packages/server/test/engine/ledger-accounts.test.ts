import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { xeroAct, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import { type EngineRig, XERO_ORIGIN, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { writesOf } from '../../src/rig/settle.ts'
import { atRest, inboxOf, writesTo } from './invoice-scene.ts'
import { syncedCompany } from './small-company.ts'

/* Xero's chart of accounts as records of the CRM, to be looked up and nothing else (R10a, R10b, C8). */

let rig: EngineRig
beforeEach(async () => {
  rig = await syncedCompany({
    settings: (settings) => ({
      ...settings,
      kinds: { ...settings.kinds, account: { ...settings.kinds.account, isOn: true } },
    }),
  })
})
afterEach(() => rig.close())

describe('ledger accounts of Xero in the CRM', () => {
  // Catches: an account that is missing, stands twice or says something else; a write to the chart of accounts.
  test('are all there, once, as Xero has them; and a second look writes nothing', async () => {
    await xeroAct(rig, { action: 'createBankAccount', name: 'Cash box' })
    await atRest(rig)
    expect(inOrder(await shown())).toEqual(inOrder((await chart()).map(asShown)))
    expect(await of('Sales')).toMatchObject({
      Ledger_Code: '200',
      Ledger_Class: 'REVENUE',
      Ledger_Tax_Type: 'OUTPUT',
      Ledger_Status: 'Active',
      Ledger_Description: 'Income from any normal business activity',
      Takes_Payments: false,
    })
    expect(await of('Cash box')).toMatchObject({ Ledger_Code: '', Ledger_Type: 'BANK' })
    expect(writesOf(await rig.pass({ detect: 'sweep' }))).toBe(0)
    expect(writesTo(rig, 'xero')).toEqual([])
    expect(await inboxOf(rig)).toEqual([])
  })

  // Catches: what the bookkeeper changed stays as it was in the CRM; an archived account that vanishes from it.
  test('follow each change; one that was archived is marked, and never deleted', async () => {
    const deed = {
      action: 'editAccount',
      code: '200',
      name: 'Sales of the shop',
      description: '',
      enablePayments: true,
    }
    await xeroAct(rig, deed)
    await xeroAct(rig, { action: 'archiveAccount', code: '260' })
    await atRest(rig)
    expect(await of('Sales of the shop')).toMatchObject({ Ledger_Description: '', Takes_Payments: true })
    expect(await of('Other Revenue')).toMatchObject({ Ledger_Code: '260', Ledger_Status: 'Archived' })
    expect(await of('Sales')).toBeUndefined()
    expect(await shown()).toHaveLength((await chart()).length)
  })

  // Catches: the CRM writing into the books' chart of accounts, and somebody asked about a record typed by hand.
  test('go one way: what is edited, typed or deleted in the CRM changes nothing in Xero', async () => {
    const before = await chart()
    const sales = await of('Sales')
    await zohoEdit(rig, { module: 'XeroAccounts', id: sales?.id ?? '' }, { Ledger_Code: '999' })
    await zohoCreate(rig, 'XeroAccounts', { Name: 'Typed by hand' })
    await atRest(rig)
    expect(await inboxOf(rig)).toEqual([])
    await zohoAct(rig, { action: 'delete', module: 'XeroAccounts', id: (await of('Rounding'))?.id })
    await atRest(rig)
    expect(await chart()).toEqual(before)
    expect(writesTo(rig, 'xero')).toEqual([])
    expect((await inboxOf(rig)).map((item) => item.code)).toEqual(['recordGone'])
  })

  // Catches: every account made a second time once our own database is lost (I2, I14).
  test('are known again by their Xero ID when the database is lost', async () => {
    const before = await shown()
    await (await rig.withLostStore()).syncApproved()
    expect(await shown()).toEqual(before)
  })
})

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const crmAccount = z.object({
  id: z.string(),
  Xero_ID: text,
  Name: text,
  Ledger_Code: text,
  Ledger_Type: text,
  Ledger_Class: text,
  Ledger_Tax_Type: text,
  Ledger_Status: text,
  Ledger_Description: text,
  Takes_Payments: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
})
type CrmAccount = z.infer<typeof crmAccount>
const ledgerAccount = z.object({
  id: z.string(),
  code: text,
  name: text,
  type: text,
  class: text,
  taxType: text,
  status: text,
  description: text,
  enablePayments: z.boolean(),
})

async function shown(): Promise<readonly CrmAccount[]> {
  const response = await rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`))
  const state = z.object({ records: z.looseObject({ XeroAccounts: z.array(crmAccount).default([]) }) })
  return state.parse(await response.json()).records.XeroAccounts
}

async function of(name: string): Promise<CrmAccount | undefined> {
  return (await shown()).find((account) => account.Name === name)
}

async function chart(): Promise<readonly z.infer<typeof ledgerAccount>[]> {
  const response = await rig.xero.app.fetch(new Request(`${XERO_ORIGIN}/__sandbox/state`))
  return z.object({ accounts: z.array(ledgerAccount) }).parse(await response.json()).accounts
}

function asShown(account: z.infer<typeof ledgerAccount>): Omit<CrmAccount, 'id'> {
  return {
    Xero_ID: account.id,
    Name: account.name,
    Ledger_Code: account.code,
    Ledger_Type: account.type,
    Ledger_Class: account.class,
    Ledger_Tax_Type: account.taxType,
    Ledger_Status: account.status === 'ACTIVE' ? 'Active' : 'Archived',
    Ledger_Description: account.description,
    Takes_Payments: account.enablePayments,
  }
}

/** Without the CRM's own ids, one account after the other. */
function inOrder(accounts: readonly (Omit<CrmAccount, 'id'> & { readonly id?: string })[]) {
  return accounts
    .map(({ id: _id, ...rest }) => rest)
    .toSorted((left, right) => left.Xero_ID.localeCompare(right.Xero_ID))
}
