import { describe, expect, test } from 'vitest'
import { at, startSandbox, textAt } from '../testing.ts'
import { RETRY_EVERY_MS } from './sender.ts'
import { signatureOf } from './signature.ts'

const URL_OK = 'https://hooks.tandem.example/xero'

/** A receiver that checks signatures like Tandem must; `answer` overrides what it says to good ones. */
async function startReceiver() {
  const received: { body: string; isGenuine: boolean }[] = []
  const mood: { status: number; honest: boolean } = { status: 200, honest: true }
  const key = { value: '' }
  const box = await startSandbox({
    deliver: async (request) => {
      const body = await request.text()
      const isGenuine = signatureOf(body, key.value) === request.headers.get('x-xero-signature')
      received.push({ body, isGenuine })
      return new Response(null, { status: mood.honest && !isGenuine ? 401 : mood.status })
    },
  })
  key.value = box.sandbox.credentials.webhookKey
  const events = () =>
    received.filter((one) => one.isGenuine).flatMap(({ body }) => at(JSON.parse(body), 'events') ?? [])
  return { ...box, received, mood, events }
}

const editTwo = async (box: Awaited<ReturnType<typeof startReceiver>>) => {
  await box.call('PUT', 'Contacts', { body: { Contacts: [{ Name: 'A' }, { Name: 'B' }] } })
  await box.clock.advance(1000)
}

test('the documented signature vector', () => {
  const body = '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "ABCDEFGHIJKLMNOPQRST"}'
  expect(signatureOf(body, 'testkey')).toBe('G8cTEPd2MpRf4q5RhjbE5gR0NGgjmRK3vj78dGTWKI8=')
})

describe('intent to receive', () => {
  test('passes for a receiver that tells good from bad, fails for one that believes everything', async () => {
    const box = await startReceiver()
    box.mood.honest = false
    expect((await box.act({ action: 'configureWebhook', url: URL_OK })).status).toBe(400)
    box.mood.honest = true
    const passed = await box.act({ action: 'configureWebhook', url: URL_OK })
    expect(at(passed.json, 'result', 'passed')).toBe(true)
    expect(box.received.slice(-4).map((one) => one.isGenuine)).toEqual([true, false, true, false])
  })

  test('a loopback URL is refused unless the switch allows it', async () => {
    const box = await startReceiver()
    const url = 'http://localhost:4000/hooks'
    expect((await box.act({ action: 'configureWebhook', url })).status).toBe(400)
    box.sandbox.control.switches.set('allowLoopbackNotify', 'on')
    expect((await box.act({ action: 'configureWebhook', url })).status).toBe(200)
  })
})

describe('events', () => {
  test('committed changes come in one batch with sequences, refused ones never', async () => {
    const box = await startReceiver()
    await box.act({ action: 'configureWebhook', url: URL_OK })
    await editTwo(box)
    await box.call('PUT', 'Contacts', { body: { Contacts: [{ Name: 'C' }, { Name: 'A' }] } })
    await box.clock.advance(1000)
    expect(box.events()).toHaveLength(2)
    const body = box.received.at(-1)?.body ?? ''
    expect(body).toContain('"firstEventSequence": 1,"lastEventSequence": 2, "entropy"')
    expect(at(JSON.parse(body), 'events', 0)).toMatchObject({
      eventCategory: 'CONTACT',
      eventType: 'CREATE',
      eventDateUtc: '2026-10-06T03:15:20.123',
    })
  })

  test('a payment raises an INVOICE event, or not by switch', async () => {
    const box = await startReceiver()
    await box.act({ action: 'configureWebhook', url: URL_OK })
    const line = { Description: 'x', UnitAmount: 10, AccountCode: '200' }
    const made = await box.call('PUT', 'Invoices', {
      body: { Type: 'ACCREC', Status: 'AUTHORISED', DueDate: '2026-11-01', Contact: { Name: 'A' }, LineItems: [line] },
    })
    const id = textAt(made.json, 'Invoices', 0, 'InvoiceID')
    await box.clock.advance(1000)
    const before = box.events().length
    await box.act({ action: 'pay', id, amount: 1 })
    await box.clock.advance(1000)
    expect(box.events().slice(before)).toMatchObject([
      { eventCategory: 'INVOICE', eventType: 'UPDATE', resourceId: id },
    ])
    box.sandbox.control.switches.set('paymentRaisesInvoiceEvent', 'no')
    await box.act({ action: 'pay', id, amount: 1 })
    await box.clock.advance(1000)
    expect(box.events()).toHaveLength(before + 1)
  })

  test('a receiver that is down gets one immediate retry, then one every 15 minutes, and is disabled after a day', async () => {
    const box = await startReceiver()
    await box.act({ action: 'configureWebhook', url: URL_OK })
    const probes = box.received.length
    box.mood.status = 500
    await editTwo(box)
    expect(box.received.length - probes).toBe(2)
    await box.clock.advance(RETRY_EVERY_MS)
    expect(box.received.length - probes).toBe(4)
    await box.clock.advance(25 * 60 * 60_000)
    expect(textAt((await box.control('GET', 'state')).json, 'webhook', 'status')).toBe('disabled')
    box.mood.status = 200
    await box.act({ action: 'configureWebhook', url: URL_OK })
    await box.clock.advance(1)
    expect(textAt((await box.control('GET', 'state')).json, 'webhook', 'pending')).toBe('0')
  })

  test.each([
    ['webhookDrop', 0],
    ['webhookDuplicate', 4],
    ['webhookReorder', 2],
    ['webhookForge', 2],
    ['webhookDelay', 0],
  ])('fault %s delivers %i events at first', async (name, events) => {
    const box = await startReceiver()
    await box.act({ action: 'configureWebhook', url: URL_OK })
    await box.control('POST', 'faults', { effect: { type: 'named', name, options: { ms: 60_000 } } })
    await editTwo(box)
    expect(box.events()).toHaveLength(events)
    const forged = box.received.slice(4).filter((one) => !one.isGenuine).length
    expect(forged).toBe(name === 'webhookForge' ? 1 : 0)
    await box.clock.advance(60_000)
    if (name === 'webhookDelay') expect(box.events()).toHaveLength(2)
    if (name === 'webhookReorder') expect(textAt(box.events(), 0, 'eventDateUtc')).toBeDefined()
  })
})
