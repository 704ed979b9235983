import { Big } from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isValueList, type Value, type ValueObject } from '../../model/value.ts'
import type { LineValue, SideLine } from '../contract.ts'
import { asRows, textAt } from '../record-fields.ts'
import { contextOf, REFERENCE, recordOf, SETTINGS, shown, viewOf } from '../testing.ts'
import { invoiceLines } from './line-rules.ts'
import { predictXeroTotals, predictZohoTotals } from './totals.ts'

const context = contextOf()
const rules = invoiceLines(SETTINGS)

function zohoLines(rows: Value, header: ValueObject = {}): readonly SideLine[] {
  return rules.read(viewOf(recordOf('zoho', 'Invoices', { ...header, Invoiced_Items: rows })), context)
}

function xeroLines(rows: Value, basis = 'Exclusive'): readonly SideLine[] {
  return rules.read(viewOf(recordOf('xero', 'Invoices', { LineAmountTypes: basis, LineItems: rows })), context)
}

function accepted(target: 'zoho' | 'xero', line: LineValue): LineValue {
  const verdict = rules.accept(target, line, context)
  if (verdict.type === 'hold') throw new Error(`${verdict.code}: ${verdict.detail}`)
  return verdict.value
}

/** A remote's own arithmetic, written anew here: the rules must agree with it, not with themselves. */
const cents = (amount: Big) => amount.round(2, 1)
function asXeroHolds(one: ValueObject): ValueObject {
  const gross = new Big(textAt(one, 'Quantity')).times(textAt(one, 'UnitAmount'))
  const rate = textAt(one, 'DiscountRate') || '0'
  const net = cents(
    gross
      .times(new Big(100).minus(rate))
      .div(100)
      .minus(textAt(one, 'DiscountAmount') || '0'),
  )
  return { ...one, LineItemID: `l-${JSON.stringify(one).length}`, LineAmount: net.toFixed(2) }
}

const money = (places: number, max: number) =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((units) => new Big(units).div(10 ** places).toFixed(places))
const description = fc.constantFrom('Widget', 'Freight to site', 'Call-out fee')
const zohoRow = fc.record({
  Product_Name: fc.constantFrom(
    { id: 'p-1', name: 'Widget' },
    { id: 'p-2', name: 'Gadget' },
    { id: 'p-service', name: 'Service' },
  ),
  Description: fc.oneof(description, fc.constant(null)),
  Quantity: fc.oneof(money(0, 40), money(2, 9), money(4, 2)),
  List_Price: money(2, 900),
  Discount: fc.oneof(fc.constantFrom('0', '5%', '12.5%', '33.33%', '7.25%'), money(2, 1)),
  Line_Tax: fc.constantFrom<Value>([], [{ id: 't-gst' }], [{ id: 't-free' }], [{ id: 't-lux' }, { id: 't-gst' }]),
})
const xeroLine = fc.record({
  ItemCode: fc.constantFrom('P-1', 'P-2', ''),
  Description: description,
  // More decimals than the CRM keeps are held (line-rules.test.ts).
  Quantity: fc.oneof(money(0, 40), money(2, 3)),
  UnitAmount: fc.oneof(money(2, 900), money(4, 50)),
  discount: fc.constantFrom<ValueObject>(
    {},
    { DiscountRate: '5' },
    { DiscountRate: '33.33' },
    { DiscountAmount: '0.03' },
  ),
  TaxType: fc.constantFrom('OUTPUT', 'EXEMPTOUTPUT', 'BASEXCLUDED', 'TAX001'),
})

/** A discount above the unrounded amount is held (line-rules.test.ts): there is then nothing to compare. */
const isDiscountable = (one: { readonly Quantity: string; readonly List_Price: string; readonly Discount: string }) =>
  one.Discount.endsWith('%') || new Big(one.Quantity).times(one.List_Price).gte(one.Discount)

test('500 random CRM invoices correspond line by line in Xero, and its total is the predicted one (I11, R35)', () => {
  fc.assert(
    fc.property(fc.array(zohoRow.filter(isDiscountable), { minLength: 1, maxLength: 4 }), (rows) => {
      const zoho = zohoLines(rows.map((one, index) => ({ ...one, id: `r${index}` })))
      const after = zoho.map((one) => accepted('xero', one.value))
      const payload = rules.write(
        'xero',
        { desired: after.map((value) => ({ existing: null, value })), removed: [] },
        context,
      )
      const held = asRows(shown(payload.LineItems ?? [])).map(asXeroHolds)
      const xero = xeroLines(held)
      for (const [index, one] of zoho.entries()) {
        const twin = xero[index]?.value
        if (twin === undefined) throw new Error('a line is missing')
        expect(rules.corresponds(one.value, twin, context)).toBe(true)
        expect(twin.net).toBe(one.value.net)
        expect(rules.toValue(twin)).toEqual(rules.toValue(after[index] ?? twin))
      }
      const total = held.reduce((sum, one) => sum.plus(textAt(one, 'LineAmount')), new Big(0))
      expect(predictXeroTotals(after, REFERENCE).net.eq(total)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('500 random Xero invoices correspond row by row in the CRM, nets to the cent (I11, R35)', () => {
  fc.assert(
    fc.property(
      fc.array(xeroLine, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('Exclusive', 'Inclusive', 'NoTax'),
      (lines, basis) => {
        const held = lines.map(({ discount, ...one }, index) => {
          const priced = asXeroHolds({ ...one, ...discount })
          const gross = new Big(textAt(priced, 'LineAmount'))
          const rate = REFERENCE.xero.taxRates.find((tax) => tax.taxType === one.TaxType)?.effectiveRate ?? '0'
          const tax = basis === 'Inclusive' ? gross.minus(cents(gross.div(new Big(rate).div(100).plus(1)))) : new Big(0)
          return { ...priced, LineItemID: `l${index}`, TaxAmount: tax.toFixed(2) }
        })
        const xero = xeroLines(held, basis)
        const after = xero.map((one) => accepted('zoho', one.value))
        const payload = rules.write(
          'zoho',
          { desired: after.map((value) => ({ existing: null, value })), removed: [] },
          context,
        )
        const rows = shown(payload.Invoiced_Items ?? [])
        const zoho = zohoLines(isValueList(rows) ? rows : [])
        for (const [index, one] of xero.entries()) {
          const twin = zoho[index]?.value
          if (twin === undefined) throw new Error('a row is missing')
          expect(rules.corresponds(twin, one.value, context)).toBe(true)
          expect(twin.net).toBe(one.value.net)
          expect(new Big(twin.discountAmount).gte(0)).toBe(true)
          expect(twin.unitPrice.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(2)
        }
        const net = xero.reduce((sum, one) => sum.plus(one.value.net), new Big(0))
        expect(predictZohoTotals(after, REFERENCE).net.eq(net)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
