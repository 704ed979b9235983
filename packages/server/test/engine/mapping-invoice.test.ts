import type { FieldMapping } from '@tandem/sync/model/mapping-document.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { xeroAct, xeroEdit, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { approved, importMapping, withFields } from './remapped.ts'
import { found, syncedCompany } from './small-company.ts'

let rig: EngineRig
let ids: { readonly zoho: string; readonly xero: string }
beforeEach(async () => {
  rig = await syncedCompany()
  await withFields(rig, 'Invoices', [
    { label: 'Owed', dataType: 'text' },
    { label: 'Delivery Note', dataType: 'text' },
  ])
  const { zoho, xero } = await readStates(rig)
  const draft = xero.invoices.find(({ status }) => status === 'DRAFT' || status === 'AUTHORISED')
  const partner = zoho.records.Invoices.find((one) => one.Xero_ID === draft?.id)
  if (draft === undefined || partner === undefined) throw new Error('No open invoice')
  if (draft.status === 'DRAFT') await xeroAct(rig, { action: 'approve', id: draft.id })
  await atRest()
  ids = { zoho: partner.id, xero: draft.id }
  forgetRequests(rig)
})
afterEach(() => rig.close())

async function atRest() {
  expect((await settle(rig)).end).toBe('quiet')
}
const inZoho = async () => found((await readStates(rig)).zoho.records.Invoices, ids.zoho)
const inXero = async () => found((await readStates(rig)).xero.invoices, ids.xero)
async function codesHere() {
  const [inbox, { zoho }] = [await rig.store.reports.inbox(rig.connectionId), { zoho: ids.zoho }]
  return inbox
    .filter(({ refs }) => refs.some(({ remoteId }) => remoteId === zoho || remoteId === ids.xero))
    .map(({ code }) => code)
}

const STATUS: FieldMapping = {
  field: 'status',
  zoho: 'Status',
  xero: 'Status',
  direction: 'xeroToZoho',
  values: [
    ['Created', 'DRAFT'],
    ['Approved', 'AUTHORISED'],
  ],
}

// Catches: a status without a counterpart that is passed over in silence, or waits for ever once it has one (R21f).
test('a status that is not in the value table stops its invoice; mapped, it goes on by itself', async () => {
  await importMapping(rig, 'invoice', [STATUS])
  await approved(rig)
  expect(await inZoho()).toMatchObject({ Status: 'Approved' })
  await xeroAct(rig, { action: 'pay', id: ids.xero })
  await atRest()
  expect(await inZoho()).toMatchObject({ Status: 'Approved' })
  expect(await codesHere()).toContain('unmappedStatus')
  await importMapping(rig, 'invoice', [{ ...STATUS, values: [...(STATUS.values ?? []), ['Delivered', 'PAID']] }])
  await approved(rig)
  expect(await inZoho()).toMatchObject({ Status: 'Delivered' })
  expect(await codesHere()).toEqual([])
})

// Catches: an amount that goes through a float, or a field of Xero's own that is written back to it.
test('what Xero alone knows is shown in the CRM, and kept up', async () => {
  await importMapping(rig, 'invoice', [{ field: 'owed', zoho: 'Owed', xero: 'AmountDue', direction: 'xeroToZoho' }])
  await approved(rig)
  const { total } = await inXero()
  expect(Number((await inZoho()).Owed)).toBe(Number(total))
  expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
  await xeroAct(rig, { action: 'pay', id: ids.xero })
  await atRest()
  expect((await inZoho()).Owed).toBe('0')
  // Typed over in the CRM: Xero's word stays the truth there, and nothing is sent to it.
  await zohoEdit(rig, { module: 'Invoices', id: ids.zoho }, { Owed: '99' })
  await atRest()
  expect(writesSeen(rig).filter(({ side }) => side === 'xero')).toEqual([])
})

// Catches: a default rule that is still at work beside the one in its place.
test('another field in the place of a default one: the reference follows it, the subject no longer', async () => {
  await rig.change((settings) => ({ ...settings, lockRule: 'editMatrix' }))
  await importMapping(rig, 'invoice', [
    { field: 'subject', zoho: 'Delivery_Note', xero: 'Reference' },
    { field: 'title', zoho: 'Subject', xero: 'InvoiceNumber', direction: 'xeroToZoho' },
  ])
  await approved(rig)
  await zohoEdit(rig, { module: 'Invoices', id: ids.zoho }, { Delivery_Note: 'DN-7', Subject: 'Renamed' })
  await atRest()
  expect(await inXero()).toMatchObject({ reference: 'DN-7' })
  await xeroEdit(rig, { action: 'editInvoice', id: ids.xero }, { Reference: 'DN-8' })
  await atRest()
  expect(await inZoho()).toMatchObject({ Delivery_Note: 'DN-8', Subject: 'Renamed' })
})
