import { afterEach, describe, expect, test } from 'vitest'
import { xeroCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { passUntold, settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { faultOn } from './fault-list.ts'
import { atRest, crmInvoice, inboxOf, pairOf, withInvoice, writesTo } from './invoice-scene.ts'
import { firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

async function inXero(fields: Readonly<Record<string, unknown>>) {
  const { contact } = await firstCompany(rig)
  return xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: contact.id },
    Date: '2026-10-01',
    DueDate: '2026-12-18',
    LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 77, AccountCode: '200', TaxType: 'OUTPUT' }],
    ...fields,
  })
}

describe('who numbers an invoice (R27, R31a)', () => {
  test('the CRM: its number with the prefix, once, however often it is synced', async () => {
    rig = await syncedCompany({ settings: (settings) => ({ ...settings, invoicePrefix: 'Z-' }) })
    const made = await crmInvoice(rig)
    await atRest(rig)
    await zohoEdit(rig, { module: 'Invoices', id: made.id }, { Subject: 'Again' })
    await atRest(rig)
    const { crm, books } = await pairOf(rig, made.id)
    expect(books.number).toBe(`Z-${crm.Invoice_Number}`)
    await expectAgrees(rig)
  })
  // Catches: a number that comes back never, or only with the next edit.
  test('Xero: no number is sent, and the one that Xero gives stands in the CRM', async () => {
    rig = await syncedCompany({ settings: withInvoice({ numbering: 'xero' }) })
    const made = await crmInvoice(rig)
    await atRest(rig)
    const { crm, books } = await pairOf(rig, made.id)
    expect(books.number).toMatch(/^INV-\d+$/)
    expect(crm.Xero_Invoice_No).toBe(books.number)
    const creates = writesTo(rig, 'xero').filter(({ method, path }) => method === 'PUT' && path.includes('Invoices'))
    expect(creates.map(({ body }) => body.includes('InvoiceNumber'))).toEqual([false])
    await expectAgrees(rig)
  })
  test('both: either number is to be found on either side, also of an invoice that is born in Xero', async () => {
    rig = await syncedCompany({ settings: withInvoice({ numbering: 'both' }) })
    const made = await crmInvoice(rig)
    const born = await inXero({ InvoiceNumber: 'HAND-1' })
    await atRest(rig)
    const { crm, books } = await pairOf(rig, made.id)
    expect([books.number, books.reference]).toEqual([crm.Xero_Invoice_No, crm.Invoice_Number])
    const arrived = (await readStates(rig)).zoho.records.Invoices.find((one) => one.Xero_ID === born.id)
    expect(arrived).toMatchObject({ Xero_Invoice_No: 'HAND-1', Invoice_Number: expect.stringMatching(/\d/) })
    await expectAgrees(rig)
  })
})

// Catches: a second invoice where the first one's answer was lost, and Xero enforces nothing that we sent (I2).
describe('a create that Xero numbers and whose answers are lost', () => {
  test('is found again by its Url, and made once', async () => {
    rig = await syncedCompany({ settings: withInvoice({ numbering: 'xero' }) })
    const lost = { name: 'answer lost after commit', side: 'xero', effect: { type: 'dropAfter' }, times: 3 } as const
    rig.xero.control.faults.add(faultOn(lost, 'Invoices'))
    const made = await crmInvoice(rig, { Subject: 'Lost and found' })
    await rig.clock.advance(90_000)
    await rig.pass()
    await passUntold(rig, 14)
    expect((await settle(rig, { pauseMs: 5 * 60_000, limit: 20 })).end).toBe('quiet')
    const ours = (await readStates(rig)).xero.invoices.filter((one) => one.reference === 'Lost and found')
    expect(ours).toHaveLength(1)
    expect((await pairOf(rig, made.id)).books.id).toBe(ours[0]?.id)
    await expectAgrees(rig)
  })
  test('is made anew only after its quarter of an hour, when it is known that there is none', async () => {
    rig = await syncedCompany({ settings: withInvoice({ numbering: 'xero' }) })
    const never = { name: 'lost before', side: 'xero', effect: { type: 'dropBefore' }, times: 3 } as const
    rig.xero.control.faults.add(faultOn(never, 'Invoices'))
    await crmInvoice(rig, { Subject: 'Never arrived' })
    const arrived = async () =>
      (await readStates(rig)).xero.invoices.filter((one) => one.reference === 'Never arrived').length
    await rig.clock.advance(20_000)
    await rig.pass()
    await rig.clock.advance(12 * 60_000)
    await rig.pass()
    expect(await arrived()).toBe(0)
    expect((await settle(rig, { pauseMs: 5 * 60_000, limit: 20 })).end).toBe('quiet')
    expect(await arrived()).toBe(1)
  })
})

// Catches: Xero's refusal as the first word of a number that is taken, and no way out of it (R27). The others are linked
// and at rest: nothing but a question for their numbers tells of them.
test('a number that another Xero invoice has is held before anything is sent; the free one that is offered is taken', async () => {
  rig = await syncedCompany()
  await rig.change((settings) => ({ ...settings, addToXero: 'ticked' }))
  const made = await crmInvoice(rig, { Add_to_Xero: false })
  const { Invoice_Number: number } =
    (await readStates(rig)).zoho.records.Invoices.find(({ id }) => id === made.id) ?? {}
  await inXero({ InvoiceNumber: number })
  await inXero({ InvoiceNumber: `${number}-2`, Date: '2026-10-02' })
  await atRest(rig)
  expect(await inboxOf(rig)).toEqual([])
  forgetRequests(rig)
  await zohoEdit(rig, { module: 'Invoices', id: made.id }, { Add_to_Xero: true })
  await atRest(rig)
  expect(await inboxOf(rig)).toMatchObject([
    { code: 'numberTaken', detail: { detail: { number, nextFree: `${number}-3` } } },
  ])
  expect(writesTo(rig, 'xero')).toEqual([])
  await zohoEdit(rig, { module: 'Invoices', id: made.id }, { Xero_Invoice_No: `${number}-3` })
  await atRest(rig)
  expect((await pairOf(rig, made.id)).books.number).toBe(`${number}-3`)
  expect(await inboxOf(rig)).toEqual([])
  await expectAgrees(rig)
})
