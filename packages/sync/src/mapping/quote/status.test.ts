import { describe, expect, test } from 'vitest'
import { contextOf, REFERENCE, recordOf, SETTINGS, viewOf, zohoFieldOf } from '../testing.ts'
import { quoteMapping } from './quote-mapping.ts'
import { quoteStatusRule } from './status.ts'

const map = SETTINGS.quoteStatusMap
const rule = quoteStatusRule(map)
const context = contextOf()

// Catches: a stage that flips on each sync because it corresponds one way only (R21f, R32).
test.each([
  ['Draft', 'DRAFT', true],
  ['On Hold', 'DRAFT', true],
  ['Negotiation', 'SENT', true],
  ['Delivered', 'SENT', true],
  ['Confirmed', 'ACCEPTED', true],
  ['Closed Won', 'ACCEPTED', true],
  ['Closed Lost', 'DECLINED', true],
  ['Closed Won', 'INVOICED', true],
  ['Confirmed', 'INVOICED', false],
  ['Delivered', 'ACCEPTED', false],
  ['Confirmed', 'SENT', false],
  ['Closed Won', 'DECLINED', false],
  ['', 'DRAFT', false],
  ['Won by phone', 'ACCEPTED', false],
  ['constructor', 'DRAFT', false],
])('%s and %s correspond: %s', (stage, status, expected) => {
  expect(rule.corresponds?.(stage, status, context)).toBe(expected)
})

describe('what is mapped to nothing holds its quote, with its own words', () => {
  test.each(['Won by phone', 'constructor', 'toString'])('a stage of the org: %s', (stage) => {
    expect(rule.xero.accept(stage, context)).toMatchObject({ type: 'hold', code: 'unmappedStatus' })
  })
  test('a quote without a stage is a draft', () => {
    expect(rule.xero.accept('', context)).toEqual({ type: 'mapped', value: 'DRAFT' })
  })
  test('deleted in Xero: the CRM has no stage for it, unless a person has chosen one', () => {
    const held = rule.zoho.accept('DELETED', context)
    expect(held).toMatchObject({ code: 'unmappedStatus', detail: expect.stringContaining('deleted in Xero') })
    const chosen = quoteStatusRule({ ...map, toZoho: { ...map.toZoho, DELETED: 'Closed Lost' } })
    expect(chosen.zoho.accept('DELETED', context)).toEqual({ type: 'mapped', value: 'Closed Lost' })
  })
  test('a stage that the org has taken away is not written: Zoho would refuse it', () => {
    const fields = { Quotes: [zohoFieldOf('Quote_Stage', { picklist: ['Draft', 'Delivered'] })] }
    const at = contextOf(SETTINGS, { ...REFERENCE, zoho: { ...REFERENCE.zoho, fields } })
    expect(rule.zoho.accept('SENT', at)).toEqual({ type: 'mapped', value: 'Delivered' })
    expect(rule.zoho.accept('ACCEPTED', at)).toMatchObject({ code: 'unmappedStatus' })
  })
})

// Catches: a call that Xero refuses (xero.md 4.4), or a customer's answer taken back by an edit in the CRM (R71b).
describe('one step at a time', () => {
  const step = (wanted: string, present: string | null) => rule.xero.step?.(wanted, present)
  test.each([
    ['DRAFT', null, 'DRAFT'],
    ['SENT', null, 'DRAFT'],
    ['ACCEPTED', null, 'DRAFT'],
    ['SENT', 'DRAFT', 'SENT'],
    ['ACCEPTED', 'DRAFT', 'SENT'],
    ['DECLINED', 'DRAFT', 'SENT'],
    ['ACCEPTED', 'SENT', 'ACCEPTED'],
    ['DECLINED', 'SENT', 'DECLINED'],
    ['ACCEPTED', 'ACCEPTED', 'ACCEPTED'],
  ])('to %s from %s: %s', (wanted, present, next) => {
    expect(step(wanted, present)).toEqual({ type: 'step', value: next })
  })
  test('what was sent is never a draft again', () => {
    expect(step('DRAFT', 'SENT')).toMatchObject({ type: 'locked', code: 'statusNotAllowed' })
  })
  test.each(['ACCEPTED', 'DECLINED', 'INVOICED', 'DELETED'])('%s is opened again by a person, in Xero', (present) => {
    for (const wanted of ['DRAFT', 'SENT', 'ACCEPTED', 'DECLINED'].filter((one) => one !== present))
      expect(step(wanted, present)).toMatchObject({ type: 'locked', code: 'quoteLocked' })
  })
})

test.each([
  ['DRAFT', 'zoho'],
  ['SENT', 'zoho'],
  ['ACCEPTED', 'xero'],
  ['DECLINED', 'xero'],
  ['INVOICED', 'xero'],
])(
  'where both differ and Xero says %s, %s is right: a create whose answer was lost must not take the stage back',
  (status, winner) => {
    expect(rule.winner?.('Delivered', status)).toBe(winner)
  },
)

// Catches: a hook that goes before what a person has chosen (R71a).
test('a policy that a person has chosen for the status counts, whatever the values say', () => {
  const settings = { ...SETTINGS, fieldPolicies: { 'quote.status': { policy: 'xero' as const } } }
  expect(quoteMapping(settings).fields.find(({ field }) => field === 'status')?.winner).toBeUndefined()
  expect(quoteMapping(SETTINGS).fields.find(({ field }) => field === 'status')?.winner).toBeDefined()
})

describe('locks (xero.md 4.4)', () => {
  const mapping = quoteMapping(SETTINGS)
  const xero = (Status: string) => viewOf(recordOf('xero', 'Quotes', { Status }))
  const zoho = (Quote_Stage: string) => viewOf(recordOf('zoho', 'Quotes', { Quote_Stage }))
  test.each(['DRAFT', 'SENT'])('%s takes every edit', (status) => {
    for (const field of ['subject', 'lines', 'customer', 'status', 'terms'])
      expect(mapping.mayWrite(field, xero(status), context)).toEqual({ type: 'write' })
  })
  test.each(['ACCEPTED', 'DECLINED', 'INVOICED'])('%s takes none, and the legal ways forward are told', (status) => {
    for (const field of ['subject', 'lines', 'customer', 'status', 'terms']) {
      const verdict = mapping.mayWrite(field, xero(status), context)
      expect(verdict).toMatchObject({ type: 'locked', code: 'quoteLocked' })
      expect(JSON.stringify(verdict)).toContain('set it back to sent in Xero')
    }
  })
  test('in the CRM lines are never written, nor a stage of the org’s own overwritten', () => {
    expect(mapping.mayWrite('lines', zoho('Draft'), context)).toMatchObject({ code: 'onlyFollows' })
    expect(mapping.mayWrite('status', zoho('Won by phone'), context)).toMatchObject({ code: 'unmappedStatus' })
    expect(mapping.mayWrite('status', zoho('Delivered'), context)).toEqual({ type: 'write' })
    expect(mapping.mayWrite('number', zoho('Won by phone'), context)).toEqual({ type: 'write' })
  })
})
