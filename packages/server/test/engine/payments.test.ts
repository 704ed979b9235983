import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ActedRecord, xeroAct, xeroCreate, zohoAct } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle, writesOf } from '../../src/rig/settle.ts'
import { pairOf } from './invoice-scene.ts'
import { firstCompany, found, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

/* Xero's payments as records of the CRM, under the invoice that they pay (R38a). */

describe('payments of Xero in the CRM', () => {
  // Catches: part payments lost or doubled, a payment without its invoice, a deleted one that still counts as received.
  test('two part payments, the rest, and one taken back', async () => {
    rig = await withPayments()
    const invoice = await openInvoice(rig)
    await pay(invoice, '10.00', 'first')
    await atRest()
    await pay(invoice, '5.50', 'second')
    await atRest()
    expect(await recordsOf(invoice)).toMatchObject([
      { Paid_Amount: '10', Payment_Reference: 'first', Payment_Status: 'Received', Paid_Into: '090 Business Bank' },
      { Paid_Amount: '5.5', Payment_Reference: 'second', Payment_Status: 'Received' },
    ])
    await pay(invoice, undefined, 'rest')
    await atRest()
    const whole = await recordsOf(invoice)
    expect(whole.map((record) => record.Paid_Invoice)).toEqual([invoice.zohoId, invoice.zohoId, invoice.zohoId])
    expect(sum(whole)).toBe(Number(invoice.total))
    const [first] = whole
    await xeroAct(rig, { action: 'unpay', id: first?.Xero_ID })
    await atRest()
    expect((await recordsOf(invoice)).map((record) => record.Payment_Status)).toEqual([
      'Deleted',
      'Received',
      'Received',
    ])
  })

  // Catches: a CRM invoice whose state says other than its payments, after one of them or after one is taken back (issue 4).
  test('the invoice says partly paid, partly paid, paid, and partly paid again, with the sums of each', async () => {
    rig = await withPayments()
    const invoice = await openInvoice(rig)
    const received = async () => {
      const records = (await recordsOf(invoice)).filter((record) => record.Payment_Status === 'Received')
      return { ...(await shownMoney(invoice)), received: sum(records), payments: records.length }
    }
    expect(await received()).toEqual({ state: 'Unpaid', due: 88, paid: 0, received: 0, payments: 0 })
    const steps = [
      { amount: '10.00', after: { state: 'Partly paid', due: 78, paid: 10, received: 10, payments: 1 } },
      { amount: '5.50', after: { state: 'Partly paid', due: 72.5, paid: 15.5, received: 15.5, payments: 2 } },
      { amount: undefined, after: { state: 'Paid', due: 0, paid: 88, received: 88, payments: 3 } },
    ]
    for (const { amount, after } of steps) {
      await pay(invoice, amount, 'part')
      await atRest()
      expect(await received()).toEqual(after)
    }
    const second = (await recordsOf(invoice)).find((record) => record.Paid_Amount === '5.5')
    await xeroAct(rig, { action: 'unpay', id: second?.Xero_ID })
    await atRest()
    expect(await received()).toEqual({ state: 'Partly paid', due: 5.5, paid: 82.5, received: 82.5, payments: 2 })
  })

  // Catches: a payment that came before its invoice was linked, skipped once and never looked at again.
  test('come with an invoice that arrives later', async () => {
    rig = await withPayments({ isOn: false })
    const invoice = await openInvoice(rig)
    await pay(invoice, '10.00', 'early')
    await atRest()
    expect(await recordsOf(invoice)).toEqual([])
    await rig.change((settings) => ({
      ...settings,
      kinds: { ...settings.kinds, payment: { ...settings.kinds.payment, isOn: true } },
    }))
    await atRest()
    expect(await recordsOf(invoice)).toMatchObject([{ Payment_Reference: 'early' }])
  })

  // Catches: a second look that writes again (I4).
  test('are written once', async () => {
    rig = await withPayments()
    await pay(await openInvoice(rig), '10.00', 'first')
    await atRest()
    expect(writesOf(await rig.pass())).toBe(0)
    await rig.change((settings) => settings)
    expect(writesOf(await rig.pass({ detect: 'sweep' }))).toBe(0)
  })

  // Catches: a record that names a deleted invoice, which Zoho refuses with every pass; and one that is forgotten for good.
  test('wait while their invoice lies in the recycle bin, and come once it is back', async () => {
    rig = await withPayments()
    const invoice = await openInvoice(rig)
    await zohoAct(rig, { action: 'delete', module: 'Invoices', id: invoice.zohoId })
    await atRest()
    forgetRequests(rig)
    await pay(invoice, '10.00', 'meanwhile')
    await atRest()
    expect(writesSeen(rig)).toEqual([])
    expect((await rig.store.reports.inbox(rig.connectionId)).map(({ code }) => code)).toEqual(['recordGone'])
    await zohoAct(rig, { action: 'restore', id: invoice.zohoId })
    await rig.pass({ detect: 'sweep' })
    await atRest()
    expect(await recordsOf(invoice)).toMatchObject([{ Payment_Reference: 'meanwhile', Payment_Status: 'Received' }])
  })

  // Catches: a payment that was planned with its invoice and kept a half link when that was refused: never looked at again.
  test('come with an invoice that Zoho takes at the second attempt', async () => {
    rig = await withPayments()
    const { contact } = await firstCompany(rig)
    const made = await approvedInvoice(rig, contact.id)
    await xeroAct(rig, { action: 'pay', id: made.id, amount: '10.00', reference: 'at once' })
    const refused = {
      data: [{ code: 'INVALID_DATA', details: { api_name: 'Subject' }, message: 'no', status: 'error' }],
    }
    rig.zoho.control.faults.add({
      effect: { type: 'respond', status: 400, body: JSON.stringify(refused), headers: {} },
      method: 'POST',
      path: '/Invoices',
      skip: 0,
      times: 20,
    })
    await settle(rig)
    const references = async () => (await payments()).map((record) => record.Payment_Reference)
    expect(await references()).not.toContain('at once')
    rig.zoho.control.faults.clear()
    await xeroAct(rig, { action: 'editInvoice', id: made.id, fields: { Reference: 'again' } })
    await atRest()
    expect(await references()).toContain('at once')
  })

  // Catches: payments of what is no business of the CRM, each of them in somebody's inbox.
  test('stay out with their invoice, and nobody is asked', async () => {
    rig = await withPayments()
    await rig.change((settings) => {
      const { invoice } = settings.kinds
      const zoho = { ...invoice.zoho, create: false }
      return { ...settings, kinds: { ...settings.kinds, invoice: { ...invoice, zoho } } }
    })
    const { contact } = await firstCompany(rig)
    const before = await payments()
    const left = await approvedInvoice(rig, contact.id)
    await xeroAct(rig, { action: 'pay', id: left.id, reference: 'not ours' })
    await atRest()
    expect(await payments()).toEqual(before)
    expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
  })
})

async function withPayments(change: { readonly isOn?: boolean } = {}): Promise<EngineRig> {
  const made = await syncedCompany({
    settings: (settings) => ({
      ...settings,
      kinds: { ...settings.kinds, payment: { ...settings.kinds.payment, isOn: true } },
    }),
  })
  if (change.isOn === false) {
    await made.change((settings) => ({
      ...settings,
      kinds: { ...settings.kinds, payment: { ...settings.kinds.payment, isOn: false } },
    }))
  }
  return made
}

interface PaidInvoice {
  readonly id: string
  readonly zohoId: string
  readonly total: string
}

/** An approved invoice of a bookkeeper's, known to both sides. */
async function openInvoice(of: EngineRig): Promise<PaidInvoice> {
  const { contact } = await firstCompany(of)
  const made = await approvedInvoice(of, contact.id)
  await atRest()
  const { zoho, xero } = await readStates(of)
  const crm = zoho.records.Invoices.find((one) => one.Xero_ID === made.id)
  if (crm === undefined) throw new Error('The invoice did not come to the CRM')
  return { id: made.id, zohoId: crm.id, total: found(xero.invoices, made.id).total }
}

function approvedInvoice(of: EngineRig, contactId: string): Promise<ActedRecord> {
  return xeroCreate(of, 'createInvoice', {
    Type: 'ACCREC',
    Status: 'AUTHORISED',
    Contact: { ContactID: contactId },
    Date: '2026-11-18',
    DueDate: '2026-12-18',
    LineAmountTypes: 'Exclusive',
    LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 80, TaxType: 'OUTPUT', AccountCode: '200' }],
  })
}

async function pay(invoice: PaidInvoice, amount: string | undefined, reference: string): Promise<void> {
  await xeroAct(rig, { action: 'pay', id: invoice.id, reference, ...(amount === undefined ? {} : { amount }) })
}

async function atRest(): Promise<void> {
  expect((await settle(rig)).end).toBe('quiet')
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''))
const payment = z.object({
  Xero_ID: text,
  Paid_Amount: text,
  Payment_Reference: text,
  Payment_Status: text,
  Paid_Into: text,
  Paid_Invoice: z
    .object({ id: z.string() })
    .nullish()
    .transform((value) => value?.id ?? ''),
})

async function payments(): Promise<readonly z.infer<typeof payment>[]> {
  const response = await rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`))
  const state = z.object({ records: z.looseObject({ XeroPayments: z.array(payment).default([]) }) })
  return state.parse(await response.json()).records.XeroPayments
}

async function recordsOf(invoice: PaidInvoice): Promise<readonly z.infer<typeof payment>[]> {
  return (await payments()).filter((record) => record.Paid_Invoice === invoice.zohoId)
}

/** What the CRM's own invoice shows of its money. */
async function shownMoney(invoice: PaidInvoice) {
  const { crm } = await pairOf(rig, invoice.zohoId)
  return { state: crm.Xero_Payment_State, due: Number(crm.Xero_Amount_Due), paid: Number(crm.Xero_Amount_Paid) }
}

function sum(records: readonly z.infer<typeof payment>[]): number {
  return records.reduce((cents, record) => cents + Math.round(Number(record.Paid_Amount) * 100), 0) / 100
}
