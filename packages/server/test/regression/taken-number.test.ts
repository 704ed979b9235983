import { afterEach, expect, test } from 'vitest'
import { xeroCreate, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectCorresponds } from '../engine/corresponds.ts'
import { companyOf, found, syncedCompany } from '../engine/small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

// Catches: an invoice created with POST, which overwrites whichever invoice has that number already (bug 8). The
// stranger comes after the preview, so that nothing but Xero's own refusal can tell.
test('an invoice number that somebody takes in Xero after the preview is not overwritten', async () => {
  rig = await syncedCompany()
  const states = await readStates(rig)
  const [one, two] = states.zoho.records.Accounts.filter((account) => account.Xero_ID !== '')
  const product = states.zoho.records.Products.find((record) => record.Xero_ID !== '')
  const made = await zohoCreate(rig, 'Invoices', {
    Subject: 'Ours',
    Account_Name: { id: one?.id },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: [{ Product_Name: { id: product?.id }, Quantity: 1, List_Price: 10 }],
  })
  await rig.clock.advance(20_000)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
  const ops = await rig.store.reports.planOps(planned.planId)
  const number = ops.find((op) => op.side === 'xero' && op.collection === 'Invoices')?.payload.InvoiceNumber
  expect(typeof number).toBe('string')
  const stranger = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    InvoiceNumber: number,
    Contact: { ContactID: companyOf(states, two?.id ?? '').contact.id },
    Date: '2026-11-17',
    DueDate: '2026-12-17',
    LineItems: [{ Description: 'Theirs', Quantity: 1, UnitAmount: 999, TaxType: 'OUTPUT', AccountCode: '200' }],
  })
  const before = found((await readStates(rig)).xero.invoices, stranger.id)
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.pass({ approvedPlanId: planned.planId })
  expect((await settle(rig)).end).toBe('quiet')
  const after = await readStates(rig)
  expect(found(after.xero.invoices, stranger.id)).toEqual(before)
  expect(found(after.zoho.records.Invoices, made.id).Xero_ID).toBe('')
  const codes = (await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)
  expect(codes.length).toBeGreaterThan(0)
  // Refused once; planned again it is told before anything is sent.
  expect(codes.filter((code) => code !== 'duplicateInTarget' && code !== 'numberTaken')).toEqual([])
  const creates = writesSeen(rig).filter(({ side, body }) => side === 'xero' && body.includes(String(number)))
  expect(creates.map(({ method }) => method)).toEqual(['PUT'])
  await expectCorresponds(rig)
})
