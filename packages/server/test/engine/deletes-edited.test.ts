import { afterEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroEdit, zohoAct } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { agreeToDelete, deleteInCrm, deletesTo, endingCalls, openCodes } from './deleting.ts'
import { atRest, crmInvoice, pairOf } from './invoice-scene.ts'
import { found, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

/* An edit that the CRM has not seen beats its delete, whenever it was made (R12c, I3). */

const bookOf = async (id: string) => found((await readStates(rig)).xero.invoices, id)

async function linkedDraft() {
  rig = await syncedCompany({ settings: deletesTo(['xero']) })
  const { id } = await crmInvoice(rig)
  await atRest(rig)
  return { crmId: id, books: (await pairOf(rig, id)).books }
}

async function changeQuantity(id: string): Promise<void> {
  const { lines } = await bookOf(id)
  const LineItems = lines.map((line, index) => ({ LineItemID: line.id, ...(index === 0 ? { Quantity: 77 } : {}) }))
  await xeroEdit(rig, { action: 'editInvoice', id }, { LineItems })
}

// Catches: a draft whose lines a bookkeeper has just corrected, deleted because only its fields were looked at.
describe('the lines of a draft, edited in Xero after the last sync', () => {
  test('a quantity: a person says', async () => {
    const { crmId, books } = await linkedDraft()
    await deleteInCrm(rig, 'Invoices', crmId)
    await changeQuantity(books.id)
    await atRest(rig)
    expect(await openCodes(rig)).toEqual(['targetDeleted'])
    expect((await bookOf(books.id)).status).toBe('DRAFT')
    await agreeToDelete(rig)
    await atRest(rig)
    expect((await bookOf(books.id)).status).toBe('DELETED')
  })

  test('a line more: a person says', async () => {
    const { crmId, books } = await linkedDraft()
    await deleteInCrm(rig, 'Invoices', crmId)
    const LineItems = [
      ...books.lines.map(({ id }) => ({ LineItemID: id })),
      { Description: 'Postage', Quantity: 1, UnitAmount: 5, AccountCode: '200', TaxType: 'OUTPUT' },
    ]
    await xeroEdit(rig, { action: 'editInvoice', id: books.id }, { LineItems })
    await atRest(rig)
    expect(await openCodes(rig)).toEqual(['targetDeleted'])
  })
})

// Catches: what was typed while the person thought about it, deleted with their word for something else.
test('edited after a person was asked, before they agree: they are asked again', async () => {
  const { crmId, books } = await linkedDraft()
  await xeroAct(rig, { action: 'approve', id: books.id })
  await atRest(rig)
  await deleteInCrm(rig, 'Invoices', crmId)
  await atRest(rig)
  expect(await openCodes(rig)).toEqual(['deleteNeedsConsent'])
  await rig.clock.advance(60_000)
  await xeroEdit(rig, { action: 'editInvoice', id: books.id }, { DueDate: '2027-03-04' })
  await agreeToDelete(rig)
  // Nobody has told us of the edit yet: the plan that follows the word reads the invoice by itself.
  const again = await rig.pass({ detect: 'marksOnly' })
  if (again.type === 'held') await rig.pass({ approvedPlanId: again.planId, detect: 'marksOnly' })
  expect(endingCalls(rig, 'VOIDED')).toBe(0)
  expect((await bookOf(books.id)).status).toBe('AUTHORISED')
  expect(await openCodes(rig)).toEqual(['targetDeleted'])
})

// Catches: an edit made between plan and approval, deleted because the plan had not seen it.
test('edited while the plan waits for its approval: nothing is sent', async () => {
  const { crmId, books } = await linkedDraft()
  await deleteInCrm(rig, 'Invoices', crmId)
  await rig.clock.advance(20_000)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`The plan is ${planned.type}`)
  await xeroEdit(rig, { action: 'editInvoice', id: books.id }, { Reference: 'Edited meanwhile' })
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.pass({ approvedPlanId: planned.planId, detect: 'marksOnly' })
  expect(endingCalls(rig, 'DELETED')).toBe(0)
  await atRest(rig)
  expect(await openCodes(rig)).toEqual(['targetDeleted'])
  expect((await bookOf(books.id)).status).toBe('DRAFT')
})

// Catches: a row that was typed over after the plan had read it, deleted because the invoice's version had not moved (I3).
test('a row of the CRM, edited while its recycling waits for approval: a person says', async () => {
  rig = await syncedCompany({ settings: deletesTo(['zoho'], { deletedInXero: 'recycle' }) })
  rig.zoho.control.switches.set('lineEditBumpsParent', 'no')
  const { id } = await crmInvoice(rig)
  await atRest(rig)
  const { crm, books } = await pairOf(rig, id)
  await xeroAct(rig, { action: 'deleteDraft', id: books.id })
  await rig.clock.advance(20_000)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`The plan is ${planned.type}`)
  const rowId = crm.Invoiced_Items[0]?.id ?? ''
  await zohoAct(rig, { action: 'editRow', id, rowId, values: { Description: 'Typed over' } })
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.pass({ approvedPlanId: planned.planId })
  await atRest(rig)
  expect((await readStates(rig)).zoho.records.Invoices.map((one) => one.id)).toContain(id)
  expect(await openCodes(rig)).toEqual(['targetDeleted'])
  await agreeToDelete(rig)
  await atRest(rig)
  expect((await readStates(rig)).zoho.records.Invoices.map((one) => one.id)).not.toContain(id)
  expect(await openCodes(rig)).toEqual([])
})

// Catches: a write of ours without an answer taken for an edit right before the delete: dropped in every pass, and told nobody.
test('a record of the CRM with a write of ours that had no answer is recycled', async () => {
  rig = await syncedCompany({ settings: deletesTo(['zoho'], { deletedInXero: 'recycle' }) })
  const { id } = await crmInvoice(rig)
  await atRest(rig)
  const { books } = await pairOf(rig, id)
  await xeroEdit(rig, { action: 'editInvoice', id: books.id }, { DueDate: '2027-03-04' })
  const lost = { effect: { type: 'dropAfter' }, method: 'PUT', path: '/crm/v8/Invoices$', skip: 0, times: 3 } as const
  rig.zoho.control.faults.add(lost)
  await rig.clock.advance(20_000)
  await rig.pass()
  expect((await pairOf(rig, id)).crm.Due_Date).toBe('2027-03-04')
  await xeroAct(rig, { action: 'deleteDraft', id: books.id })
  expect((await settle(rig, { pauseMs: 90_000 })).end).toBe('quiet')
  expect((await readStates(rig)).zoho.records.Invoices.map((one) => one.id)).not.toContain(id)
  expect(await openCodes(rig)).toEqual([])
})
