import { describe, expect, test } from 'vitest'
import { at, startSandbox, textAt } from '../testing.ts'
import { DOCUMENT_SCOPES, SOLD } from '../testing-documents.ts'
import { signatureOf } from './signature.ts'

const ALL = ['CONTACT', 'INVOICE', 'CREDITNOTE', 'PREPAYMENT', 'OVERPAYMENT']

/** A receiver that tells good signatures from bad, and what it has heard: `CATEGORY TYPE`, without contacts. */
async function listening(categories?: readonly string[]) {
  const bodies: string[] = []
  const box = await startSandbox({
    scopes: DOCUMENT_SCOPES,
    deliver: async (request) => {
      const body = await request.text()
      const isGenuine =
        signatureOf(body, box.sandbox.credentials.webhookKey) === request.headers.get('x-xero-signature')
      if (isGenuine) bodies.push(body)
      return new Response(null, { status: isGenuine ? 200 : 401 })
    },
  })
  const hook = { action: 'configureWebhook', url: 'https://hooks.tandem.example/xero' }
  await box.act(categories === undefined ? hook : { ...hook, categories })
  const events = () =>
    bodies
      .flatMap((body) => at(JSON.parse(body), 'events') ?? [])
      .filter((event) => at(event, 'eventCategory') !== 'CONTACT')
  return {
    ...box,
    async heard() {
      await box.clock.advance(1000)
      const all = events()
      bodies.length = 0
      return all
    },
  }
}

const head = { Contact: { Name: 'Acme' }, Status: 'AUTHORISED', DueDate: '2026-11-05' }
const named = (events: readonly unknown[]) =>
  events.map((event) => `${textAt(event, 'eventCategory')} ${textAt(event, 'eventType')}`)

describe('events of documents', () => {
  test('a credit note tells its type and status, and its allocation tells of both sides', async () => {
    const box = await listening()
    const invoice = await box.act({ action: 'createInvoice', fields: { ...head, Type: 'ACCREC', LineItems: [SOLD] } })
    await box.act({ action: 'createCreditNote', fields: { ...head, Type: 'ACCRECCREDIT', LineItems: [SOLD] } })
    const created = await box.heard()
    expect(named(created)).toEqual(['INVOICE CREATE', 'CREDITNOTE CREATE'])
    expect(at(created[0], 'data')).toBeUndefined()
    expect(at(created[1], 'data')).toEqual({ Type: 'ACCRECCREDIT', Status: 'AUTHORISED' })
    expect(textAt(created[1], 'resourceUrl')).toContain('/api.xro/2.0/CreditNotes/')
    await box.act({ action: 'allocateCredit', id: 'CN-0001', invoice: textAt(invoice.json, 'result', 'id') })
    const allocated = await box.heard()
    expect(named(allocated)).toEqual(['INVOICE UPDATE', 'CREDITNOTE UPDATE'])
    expect(at(allocated[1], 'data', 'Status')).toBe('PAID')
  })

  test('by switch the use of a credit is silent on its own side', async () => {
    const box = await listening()
    box.sandbox.control.switches.set('creditUseRaisesEvent', 'no')
    await box.act({ action: 'createCreditNote', fields: { ...head, Type: 'ACCRECCREDIT', LineItems: [SOLD] } })
    await box.heard()
    await box.act({ action: 'refundCredit', id: 'CN-0001' })
    expect(await box.heard()).toEqual([])
  })

  test('prepayments and overpayments are heard of only by those who asked', async () => {
    const deeds = async (box: Awaited<ReturnType<typeof listening>>) => {
      const fields = { ...head, LineItems: [SOLD] }
      await box.act({ action: 'createPrepayment', fields })
      const over = { ...fields, LineItems: [{ Description: 'x', UnitAmount: 5 }] }
      await box.act({ action: 'createOverpayment', fields: over })
      return box.heard()
    }
    expect(await deeds(await listening())).toEqual([])
    const events = await deeds(await listening(ALL))
    expect(named(events)).toEqual(['PREPAYMENT CREATE', 'OVERPAYMENT CREATE'])
    expect(at(events[0], 'data')).toEqual({
      Type: 'RECEIVE-PREPAYMENT',
      Status: 'AUTHORISED',
      UpdatedDateUTCString: '2026-10-06T03:15:20Z',
    })
    expect(textAt(events[1], 'resourceUrl')).toContain('/api.xro/2.0/Overpayments/')
  })

  test('quotes and orders are silent: they must be polled', async () => {
    const box = await listening(ALL)
    await box.act({ action: 'createContact', fields: { Name: 'Acme' } })
    const fields = { Contact: { Name: 'Acme' }, Date: '2026-10-06', LineItems: [SOLD] }
    await box.act({ action: 'createQuote', fields })
    await box.act({ action: 'createPurchaseOrder', fields })
    expect(await box.heard()).toEqual([])
  })

  test('an unknown category is a mistake of the caller', async () => {
    const box = await startSandbox()
    const hook = { action: 'configureWebhook', url: 'https://hooks.tandem.example/xero', categories: ['PAYMENT'] }
    expect((await box.act(hook)).status).toBe(400)
  })
})
