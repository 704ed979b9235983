import type { Code } from '@tandem/sync/model/codes.ts'
import { afterEach, expect, test } from 'vitest'
import { choiceLines } from '../src/cli/render/choices.ts'
import { listChoices } from '../src/operations/choices.ts'
import { saveSettings } from '../src/operations/connections.ts'
import { zohoCreate } from '../src/rig/acts.ts'
import type { EngineRig } from '../src/rig/engine-rig.ts'
import { readStates } from '../src/rig/oracle-state.ts'
import { settle } from '../src/rig/settle.ts'
import { firstCompany, syncedCompany } from './engine/small-company.ts'
import { must, testTandem } from './test-tandem.ts'

let rig: EngineRig
afterEach(() => rig.close())

/** The operations of a server on what the rig has synced. */
async function served() {
  rig = await syncedCompany()
  const { tandem } = await testTandem()
  return { ...tandem, store: rig.store, clock: rig.engineClock }
}

const problemOf = (outcome: object) => JSON.stringify(outcome)

// Catches: a picker that offers what Xero refuses, and a tax that holds documents and stands on no list (R40, R42a, C8).
test('ledger accounts, taxes with what waits for them, and owners can be read', async () => {
  const tandem = await served()
  const { zoho } = await readStates(rig)
  const [gst, other] = zoho.org.taxes
  await rig.change((settings) => ({
    ...settings,
    taxMap: settings.taxMap.filter((one) => !one.zohoTaxIds.includes(gst?.id ?? '')),
  }))
  const product = zoho.records.Products.find((one) => one.Xero_ID !== '')
  const Line_Tax = [gst, other].map((tax) => ({ id: tax?.id, name: tax?.name }))
  await zohoCreate(rig, 'Invoices', {
    Subject: 'Two taxes',
    Account_Name: { id: (await firstCompany(rig)).account.id },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: [{ Product_Name: { id: product?.id }, Quantity: 1, List_Price: 10, Line_Tax }],
  })
  expect((await settle(rig)).end).toBe('quiet')
  const choices = must(await listChoices(tandem, rig.connectionId))
  const usesOf = (code: string) => choices.ledgerAccounts.find((one) => one.code === code)?.uses
  expect([usesOf('200'), usesOf('310'), usesOf('090'), usesOf('860')]).toEqual([['income'], ['expense'], [], []])
  const setOf = (ids: readonly (string | undefined)[]) =>
    choices.taxSets.find((one) => one.zohoTaxIds.join() === [...ids].sort().join())
  expect(setOf([gst?.id])).toMatchObject({ xeroTaxType: null, candidates: ['OUTPUT'], waiting: 0 })
  expect(setOf([gst?.id, other?.id])).toMatchObject({ xeroTaxType: null, candidates: [], waiting: 1 })
  expect(setOf([])?.xeroTaxType).not.toBeNull()
  expect(choices.owners.map((one) => one.email)).toContain('sally.nguyen@sandbox.example')
  const shown = choiceLines(choices).join('\n')
  for (const text of ['Ledger accounts (Xero)', '200', 'income', 'perhaps OUTPUT', '1 waiting', 'Sally Nguyen'])
    expect(shown).toContain(text)
})

// Catches: an account that cannot bear what it is chosen for, stored, and refused by Xero one record at a time (R40).
test('a ledger account of the wrong type and a rate that is not for sales are refused; nothing is stored', async () => {
  const tandem = await served()
  const settings = await rig.settings()
  const none = { income: '', expense: '' }
  const refusals: readonly (readonly [object, Code, string])[] = [
    [{ salesAccountCode: '310' }, 'accountNotValid', 'no sales account'],
    [{ itemAccounts: { stocked: { income: '', expense: '200' }, unstocked: none } }, 'accountNotValid', 'no expense'],
    [{ itemAccounts: { stocked: none, unstocked: { income: '860', expense: '' } } }, 'accountNotValid', 'no sales'],
    [{ taxMap: [{ zohoTaxIds: [], xeroTaxType: 'INPUT' }] }, 'taxNotValid', 'is not for sales'],
  ]
  for (const [change, code, says] of refusals) {
    const outcome = problemOf(await saveSettings(tandem, rig.connectionId, { ...settings, ...change }))
    expect(outcome).toContain(code)
    expect(outcome).toContain(says)
  }
  expect(await rig.settings()).toEqual(settings)
  const good = { ...settings, itemAccounts: { stocked: { income: '260', expense: '310' }, unstocked: none } }
  must(await saveSettings(tandem, rig.connectionId, good))
  expect((await rig.settings()).itemAccounts).toEqual(good.itemAccounts)
  // An unknown owner is told, not refused: records are made all the same.
  must(await saveSettings(tandem, rig.connectionId, { ...good, defaultOwnerEmail: 'gone@sandbox.example' }))
})
