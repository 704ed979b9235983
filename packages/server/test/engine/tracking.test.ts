import type { FieldMapping } from '@tandem/sync/model/mapping-document.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { xeroAct, xeroEdit, zohoAct, zohoEdit } from '../../src/rig/acts.ts'
import { type EngineRig, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { expectAgrees } from './corresponds.ts'
import { atRest, crmInvoice, inboxOf, pairOf } from './invoice-scene.ts'
import { crmQuote, withQuotes, writeQuote, xeroQuote } from './quotes.ts'
import { approved, importMapping, withFields } from './remapped.ts'
import { syncedCompany } from './small-company.ts'

/* A CRM field and the owner of an invoice as tracking options of its lines in Xero (R20b, R21j). */

const REGION: FieldMapping = { field: 'region', zoho: 'Region', xero: 'Tracking.Region', direction: 'zohoToXero' }

let rig: EngineRig
beforeEach(async () => {
  rig = await syncedCompany({ settings: withQuotes })
  await xeroAct(rig, { action: 'saveTrackingOption', category: 'Seller', option: 'The office' })
  const picklist = ['North', 'South', 'West']
  await withFields(rig, 'Invoices', [{ label: 'Region', dataType: 'picklist', picklist }])
})
afterEach(() => rig.close())

async function mapped(mappings: readonly FieldMapping[], kind: 'invoice' | 'quote' = 'invoice'): Promise<void> {
  await importMapping(rig, kind, mappings)
  await approved(rig)
  forgetRequests(rig)
}

const optionsOf = async (crmId: string) =>
  (await pairOf(rig, crmId)).books.lines.map(({ tracking }) => tracking.map(({ name, option }) => `${name}: ${option}`))

async function ownerEmail(crmId: string): Promise<string> {
  const response = await rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`))
  const invoice = z.object({ id: z.string(), Owner: z.object({ email: z.string() }) })
  const state = z.object({ records: z.looseObject({ Invoices: z.array(invoice) }) })
  const { records } = state.parse(await response.json())
  return records.Invoices.find(({ id }) => id === crmId)?.Owner.email ?? ''
}

// Catches: reports by region of which the invoices from the CRM are missing.
test('a field and the owner become options of each line; a second look writes nothing', async () => {
  const email = await ownerEmail((await crmInvoice(rig, { Subject: 'Before the mapping' })).id)
  const seller = { field: 'seller', zoho: 'Owner', xero: 'Tracking.Seller', direction: 'zohoToXero' } as const
  await mapped([REGION, { ...seller, values: [[email, 'The office']] }])
  const { id } = await crmInvoice(rig, { Region: 'North' })
  await atRest(rig)
  expect(await optionsOf(id)).toEqual([['Region: North', 'Seller: The office']])
  await expectAgrees(rig)
})

// Catches: an invoice refused by Xero row by row, or sent without what it was to say.
test('an option that Xero lacks holds its invoice with the choices, and one that it has lets it go', async () => {
  await mapped([REGION])
  const { id } = await crmInvoice(rig, { Region: 'West' })
  await atRest(rig)
  const [held] = await inboxOf(rig)
  expect(held?.code).toBe('valueNotAllowed')
  expect(JSON.stringify(held?.detail)).toMatch(/Region has no option \\"West\\". It has: North, South/)
  await zohoEdit(rig, { module: 'Invoices', id }, { Region: 'South' })
  await atRest(rig)
  expect(await optionsOf(id)).toEqual([['Region: South']])
  await expectAgrees(rig)
})

// Catches: a quote refused by Xero, which knows the options of a quote by their ids alone (xero.md 4.4).
test('a quote has them too', async () => {
  await mapped([{ ...REGION, zoho: 'Subject', values: [['Fit-out of the office', 'South']] }], 'quote')
  const made = await writeQuote(rig)
  await atRest(rig)
  const crm = await crmQuote(rig, made.id)
  const quote = await xeroQuote(rig, crm.fields.Xero_ID)
  expect(JSON.stringify(quote.fields.LineItems).match(/"Option":"South"/g)).toHaveLength(3)
})

// Catches: the option that stood there when the plan was made, said again over what a bookkeeper has chosen since (I3).
test('what a bookkeeper chooses while a change of the lines waits for its approval stays', async () => {
  await mapped([REGION])
  const { id } = await crmInvoice(rig, { Region: 'North' })
  await atRest(rig)
  const { books, crm } = await pairOf(rig, id)
  await zohoAct(rig, { action: 'editRow', id, rowId: crm.Invoiced_Items[0]?.id, values: { Quantity: 7 } })
  await rig.clock.advance(20_000)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`Expected a plan, not ${planned.type}`)
  const chosen = { LineItemID: books.lines[0]?.id, Tracking: [{ Name: 'Region', Option: 'South' }] }
  await xeroEdit(rig, { action: 'editInvoice', id: books.id }, { LineItems: [chosen] })
  await rig.clock.advance(20_000)
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.pass({ approvedPlanId: planned.planId })
  await atRest(rig)
  expect(await optionsOf(id)).toEqual([['Region: South']])
  await expectAgrees(rig)
})

// Catches: a bookkeeper's own choice put back by the next edit in the CRM (I3).
test('what a bookkeeper chose stays when the CRM adds a line, and the new line has the CRM’s', async () => {
  await mapped([REGION])
  const { id } = await crmInvoice(rig, { Region: 'North' })
  await atRest(rig)
  const { books, crm } = await pairOf(rig, id)
  const [line] = books.lines
  const chosen = { LineItemID: line?.id, Tracking: [{ Name: 'Region', Option: 'South' }] }
  await xeroEdit(rig, { action: 'editInvoice', id: books.id }, { LineItems: [chosen] })
  await atRest(rig)
  expect(await optionsOf(id)).toEqual([['Region: South']])
  const product = crm.Invoiced_Items[0]?.Product_Name.id
  const values = { Product_Name: { id: product }, Quantity: 2, List_Price: 5 }
  await zohoAct(rig, { action: 'addRow', id, values })
  await atRest(rig)
  expect(await optionsOf(id)).toEqual([['Region: South'], ['Region: North']])
  await expectAgrees(rig)
})
