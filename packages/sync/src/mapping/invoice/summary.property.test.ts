import { Big } from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import type { LineValue } from '../contract.ts'
import { mappingFor } from '../index.ts'
import { asRows, textAt } from '../record-fields.ts'
import { contextOf, recordOf, SETTINGS, shown, viewOf } from '../testing.ts'

const RATES: Readonly<Record<string, number>> = { 't-gst': 10, 't-free': 0, 't-lux': 2.5 }
const DAY = { day: '2026-11-19', currency: 'AUD' }
const cents = (amount: Big) => amount.round(2, 1)

/** Zoho's own arithmetic, written anew here: each row and each of its taxes to the cent. */
function grandTotal(rows: readonly ValueObject[]): Big {
  return rows.reduce((sum, row) => {
    const net = cents(new Big(textAt(row, 'Quantity')).times(textAt(row, 'List_Price')))
    const taxes = asRows(row.Line_Tax).map((tax) => cents(net.times(RATES[textAt(tax, 'id')] ?? 0).div(100)))
    return taxes.reduce((total, tax) => total.plus(tax), sum.plus(net))
  }, new Big(0))
}

/** And Xero's: each line to the cent, and its tax. */
function xeroTotal(lines: readonly ValueObject[], rates: Readonly<Record<string, string>>): Big {
  return lines.reduce((sum, line) => {
    const net = cents(new Big(textAt(line, 'Quantity')).times(textAt(line, 'UnitAmount')))
    return sum.plus(net).plus(cents(net.times(rates[textAt(line, 'TaxType')] ?? '0').div(100)))
  }, new Big(0))
}

const money = (places: number, max: number) =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((units) => new Big(units).div(10 ** places).toFixed(places))
const row = fc.record({
  Product_Name: fc.constant({ id: 'p-service', name: 'Service' }),
  Quantity: fc.oneof(money(0, 40), money(2, 9)),
  List_Price: money(2, 900),
  Line_Tax: fc.constantFrom<Value>([], [{ id: 't-gst' }], [{ id: 't-free' }], [{ id: 't-lux' }, { id: 't-gst' }]),
})
const sale = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 4 }),
  adjustment: fc.constantFrom('0', '0', '0', '0.01', '-0.02', '3'),
})

// Catches: a summary that says another total than its sales, and nobody is told (R26, I11).
test('500 random days: the summary comes to what its sales come to, to the cent, or the hold says by how much it does not', () => {
  const reached = { plain: 0, rounded: 0, held: 0, alone: 0 }
  fc.assert(
    fc.property(
      fc.array(sale, { minLength: 1, maxLength: 25 }),
      fc.constantFrom('0', '0.02', '0.05'),
      (sales, limit) => {
        const settings: ConnectionSettings = {
          ...SETTINGS,
          roundingLimit: limit,
          invoice: { ...SETTINGS.invoice, sending: 'dailySummary' },
        }
        const mapping = mappingFor('invoice', settings)
        const rules = mapping.summaries
        const { lines } = mapping
        if (rules === undefined || lines === null) throw new Error('invoices have no summaries')
        const context = { ...contextOf(settings), ...rules.contextFor(contextOf(settings)) }
        const verdicts = sales.map(({ rows, adjustment }, at) => {
          const Grand_Total = grandTotal(rows).plus(adjustment).toFixed(2)
          const fields = { Invoiced_Items: rows.map((one, index) => ({ ...one, id: `${at}-${index}` })), Grand_Total }
          return { Grand_Total, adjustment, verdict: rules.share(recordOf('zoho', 'Invoices', fields), DAY, context) }
        })
        for (const { adjustment, verdict } of verdicts) {
          expect(verdict.type).toBe(new Big(adjustment).abs().lte(limit) ? 'share' : 'faults')
          if (verdict.type === 'faults') reached.alone += 1
        }
        const members = verdicts.flatMap(({ verdict, Grand_Total }) =>
          verdict.type === 'share' ? [{ share: verdict.share, Grand_Total }] : [],
        )
        if (members.length === 0) return
        const founder = { side: 'zoho', collection: 'Invoices', id: 'z-1' } as const
        const shares = members.map(({ share }) => share)
        const source = rules.source({ linkId: 'day-abcdef', of: DAY, founder, shares, status: '' }, context)
        const sum = members.reduce((total, { Grand_Total }) => total.plus(Grand_Total), new Big(0))
        const after = lines.read(viewOf(source), context).flatMap((line): LineValue[] => {
          const accepted = lines.accept('xero', line.value, context)
          return accepted.type === 'mapped' ? [accepted.value] : []
        })
        const desired = after.map((value) => ({ existing: null, value }))
        const written = asRows(shown(lines.write('xero', { desired, removed: [] }, context).LineItems ?? []))
        const rates = Object.fromEntries(
          context.reference.xero.taxRates.map((rate) => [rate.taxType, rate.effectiveRate]),
        )
        const target = { side: 'xero', main: null, primary: null, persons: [] } as const
        const intent = {
          target: 'xero',
          source: viewOf(source),
          targetView: target,
          after: { date: DAY.day },
          linesAfter: after,
        } as const
        const verdict = mapping.check(intent, context)
        const books = xeroTotal(written, rates)
        // One line an account and tax.
        expect(new Set(written.map((line) => `${textAt(line, 'AccountCode')} ${textAt(line, 'TaxType')}`)).size).toBe(
          written.length,
        )
        switch (verdict.type) {
          case 'go':
            reached.plain += 1
            expect(books.toFixed(2)).toBe(sum.toFixed(2))
            break
          case 'adjust': {
            reached.rounded += 1
            const [rounding] = asRows(shown(verdict.payload.LineItems ?? []))
            expect(books.plus(textAt(rounding, 'UnitAmount')).toFixed(2)).toBe(sum.toFixed(2))
            expect(books.minus(sum).abs().lte(limit)).toBe(true)
            break
          }
          case 'hold':
            reached.held += 1
            expect(verdict.code).toBe('totalsDiffer')
            expect(verdict.detail).toContain(sum.toFixed(2))
            expect(books.minus(sum).abs().gt(limit)).toBe(true)
            break
        }
      },
    ),
    { numRuns: 500, seed: 26 },
  )
  for (const [name, count] of Object.entries(reached)) expect(count, name).toBeGreaterThan(20)
})
