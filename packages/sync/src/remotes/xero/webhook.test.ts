import { describe, expect, it } from 'vitest'
import { isXeroSignature, readXeroDelivery, xeroDeliveryKey } from './webhook.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const VECTOR = '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "ABCDEFGHIJKLMNOPQRST"}'
const SIGNATURE = 'G8cTEPd2MpRf4q5RhjbE5gR0NGgjmRK3vj78dGTWKI8='

describe('signature', () => {
  it('accepts the published vector over the raw bytes, irregular white space included', () => {
    expect(isXeroSignature(bytes(VECTOR), SIGNATURE, 'testkey')).toBe(true)
  })

  it('refuses anything else: an open door would let anybody mark records', () => {
    expect(isXeroSignature(bytes(JSON.stringify(JSON.parse(VECTOR))), SIGNATURE, 'testkey')).toBe(false)
    expect(isXeroSignature(bytes(VECTOR), SIGNATURE, 'otherkey')).toBe(false)
    expect(isXeroSignature(bytes(VECTOR), '', 'testkey')).toBe(false)
    expect(isXeroSignature(bytes(VECTOR), SIGNATURE.slice(0, 20), 'testkey')).toBe(false)
    expect(isXeroSignature(bytes(VECTOR), SIGNATURE, '')).toBe(false)
  })
})

describe('delivery', () => {
  const event = (category: string) => ({
    resourceUrl: 'https://api.xero.com/api.xro/2.0/Invoices/i-1',
    resourceId: 'i-1',
    tenantId: 't-1',
    tenantType: 'ORGANISATION',
    eventCategory: category,
    eventType: 'UPDATE',
    eventDateUtc: '2026-10-06T03:15:21.198',
  })
  const body = (...categories: string[]) =>
    JSON.stringify({ events: categories.map(event), firstEventSequence: 215, lastEventSequence: 216, entropy: 'X' })

  it('reads the date as UTC although it has no zone, and the sequences', () => {
    expect(readXeroDelivery(body('INVOICE'))).toEqual({
      events: [{ tenantId: 't-1', collection: 'Invoices', remoteId: 'i-1', eventDateUtc: '2026-10-06T03:15:21.198Z' }],
      firstSequence: 215,
      lastSequence: 216,
    })
  })

  it('leaves out categories that are not synced instead of failing the delivery', () => {
    expect(readXeroDelivery(body('CONTACT', 'BRANDNEW'))?.events.map((one) => one.collection)).toEqual(['Contacts'])
  })

  // Catches: credit that is put against an invoice, or taken back, and waits for the next poll (xero.md 6).
  it('says of a credit that it, and all that it carries, may have changed', () => {
    const named = (category: string) =>
      readXeroDelivery(body(category))?.events.map(({ collection, remoteId }) => `${collection} ${remoteId}`)
    expect(named('CREDITNOTE')).toEqual(['CreditNotes i-1', 'Allocations C:i-1'])
    expect(named('PREPAYMENT')).toEqual(['Allocations P:i-1'])
    expect(named('OVERPAYMENT')).toEqual(['Allocations O:i-1'])
  })

  it('asks nothing about the credits of suppliers, where an event says whose it is', () => {
    const told = (data: unknown) =>
      readXeroDelivery(
        JSON.stringify({
          events: [{ ...event('CREDITNOTE'), data }],
          firstEventSequence: 1,
          lastEventSequence: 1,
        }),
      )?.events.length
    expect(told({ Type: 'ACCPAYCREDIT', Status: 'AUTHORISED' })).toBe(0)
    expect(told({ Type: 'ACCRECCREDIT', Status: 'AUTHORISED' })).toBe(2)
    // Neither the type nor the data are promised.
    for (const odd of [null, 'x', { Type: 7 }, {}]) expect(told(odd)).toBe(2)
  })

  it('reads the test deliveries of Xero as empty, and nonsense as none', () => {
    expect(readXeroDelivery(VECTOR)?.events).toEqual([])
    expect(readXeroDelivery('not json')).toBeUndefined()
    expect(readXeroDelivery('{"events":{}}')).toBeUndefined()
  })

  it('has one key per content, so that a retried delivery is stored once', () => {
    expect(xeroDeliveryKey(bytes(VECTOR))).toBe(xeroDeliveryKey(bytes(VECTOR)))
    expect(xeroDeliveryKey(bytes(VECTOR))).not.toBe(xeroDeliveryKey(bytes(`${VECTOR} `)))
  })
})
