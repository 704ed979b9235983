import { describe, expect, test } from 'vitest'
import type { Value, ValueObject } from '../../model/value.ts'
import type { LineValue, SideLine } from '../contract.ts'
import { asRows } from '../record-fields.ts'
import { contextOf, REFERENCE, recordOf, SETTINGS, shownFields, viewOf, zohoFieldOf } from '../testing.ts'
import { invoiceLines } from './line-rules.ts'

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

const row = (fields: ValueObject): ValueObject => ({
  id: 'r1',
  Product_Name: { id: 'p-1', name: 'Widget' },
  Quantity: '2',
  List_Price: '100',
  Line_Tax: [{ id: 't-gst' }],
  ...fields,
})
const line = (fields: ValueObject): ValueObject => ({
  LineItemID: 'l1',
  ItemCode: 'P-1',
  Description: 'Widget',
  Quantity: '2.0000',
  UnitAmount: '100.0000',
  LineAmount: '200.00',
  TaxType: 'OUTPUT',
  TaxAmount: '20.00',
  ...fields,
})

const first = (lines: readonly SideLine[]): LineValue => {
  const value = lines[0]?.value
  if (value === undefined) throw new Error('no line')
  return value
}

describe('reading', () => {
  test.each([
    [{ Discount: '10.00' }, null, '10', '190'],
    [{ Discount: '5%' }, '5', '10', '190'],
    [{ Discount: '33.33%', List_Price: '0.77', Quantity: '1' }, '33.33', '0.26', '0.51'],
    [{ Discount: '0%' }, null, '0', '200'],
    [{ List_Price: '0' }, null, '0', '0'],
  ])('Zoho row %o', (fields, discountPercent, discountAmount, net) => {
    expect(first(zohoLines([row(fields)]))).toMatchObject({ discountPercent, discountAmount, net })
  })
  test.each([
    [{ DiscountRate: '5.00', LineAmount: '190.00' }, '5', '10', '190'],
    [{ DiscountAmount: '10.00', LineAmount: '190.00' }, null, '10', '190'],
  ])('Xero line %o', (fields, discountPercent, discountAmount, net) => {
    expect(first(xeroLines([line(fields)]))).toMatchObject({ discountPercent, discountAmount, net })
  })
  test('tax-inclusive amounts become exclusive ones whose net is exact (R35)', () => {
    const inclusive = line({ Quantity: '3', UnitAmount: '9.99', LineAmount: '29.97', TaxAmount: '2.72' })
    expect(first(xeroLines([inclusive], 'Inclusive'))).toMatchObject({
      unitPrice: '9.0834',
      net: '27.25',
      discountAmount: '0',
    })
  })
  test.each([
    ['discounted to cents', { DiscountRate: '99', LineAmount: '0.10', TaxAmount: '0.01' }, '9.091', '9'],
    ['given away', { DiscountRate: '100', LineAmount: '0.00', TaxAmount: '0.00' }, '9.091', '9.09'],
    ['less a dollar', { DiscountAmount: '1.00', LineAmount: '9.00', TaxAmount: '0.82' }, '9.091', '0.91'],
  ])('%s, a tax-inclusive price is still what its rate makes of it (R35)', (_what, fields, unitPrice, discount) => {
    const inclusive = line({ Quantity: '1', UnitAmount: '10.00', ...fields })
    expect(first(xeroLines([inclusive], 'Inclusive'))).toMatchObject({ unitPrice, discountAmount: discount })
  })
  test('a discount below what rounding takes never becomes a surcharge in the CRM', () => {
    const fields = { Quantity: '7', UnitAmount: '0.17', DiscountAmount: '0.01', LineAmount: '1.18', TaxAmount: '0.10' }
    expect(first(xeroLines([line(fields)], 'Inclusive'))).toMatchObject({ net: '1.08', discountAmount: '0' })
  })
  test('a document without tax has lines without tax, whatever their type says', () => {
    expect(first(xeroLines([line({ TaxAmount: '0.00' })], 'NoTax'))).toMatchObject({ tax: '', net: '200' })
  })
  test('our rounding line is no line: mirrored, it would add itself again', () => {
    expect(xeroLines([{ LineItemID: 'x', Description: 'Rounding', AccountCode: '860', UnitAmount: '0.01' }])).toEqual(
      [],
    )
    expect(
      xeroLines([{ LineItemID: 'x', Description: 'Rounding of June', AccountCode: '200', UnitAmount: '0.01' }]),
    ).toHaveLength(1)
  })
  test('a header discount can be shared out, to the cent', () => {
    const spread = invoiceLines({ ...SETTINGS, headerDiscount: 'spread' })
    const fields = {
      Sub_Total: '330.00',
      Discount: '10.00',
      Invoiced_Items: [row({}), row({ id: 'r2', Quantity: '1' })],
    }
    const nets = spread.read(
      viewOf(recordOf('zoho', 'Invoices', fields)),
      contextOf({ ...SETTINGS, headerDiscount: 'spread' }),
    )
    expect(nets.map(({ value }) => value.net)).toEqual(['193.94', '96.97'])
  })
})

describe('accepting', () => {
  test("a blank description becomes the product's name: Xero refuses lines without any", () => {
    const zoho = first(zohoLines([row({ Description: null })]))
    expect(accepted('xero', zoho).description).toBe('Widget')
    expect(rules.corresponds(zoho, first(xeroLines([line({})])), context)).toBe(true)
    expect(rules.corresponds(zoho, first(xeroLines([line({ Description: 'Blue' })])), context)).toBe(false)
  })
  test('at half cents a percentage becomes an amount: Zoho discounts a rounded total, Xero the exact one', () => {
    const half = accepted('xero', first(zohoLines([row({ Quantity: '1', List_Price: '0.50', Discount: '5%' })])))
    expect(half).toMatchObject({ discountPercent: null, discountAmount: '0.03', net: '0.47' })
    expect(accepted('xero', first(zohoLines([row({ Discount: '5%' })]))).discountPercent).toBe('5')
  })
  test('a discount above the unrounded amount is a cent apart in Xero: held, never written silently (I11)', () => {
    const row555 = row({ Quantity: '5.55', List_Price: '0.10', Discount: '0.56' })
    const verdict = rules.accept('xero', first(zohoLines([row555])), context)
    expect(verdict).toMatchObject({ type: 'hold', code: 'totalsDiffer' })
    const row554 = row({ Quantity: '5.55', List_Price: '0.10', Discount: '0.55' })
    expect(accepted('xero', first(zohoLines([row554]))).net).toBe('0.01')
  })
  test('four decimals of a price are rounded up in Zoho and the rest is discount: the net is exact', () => {
    const fine = line({ Quantity: '3', UnitAmount: '12.3412', LineAmount: '37.02' })
    expect(accepted('zoho', first(xeroLines([fine])))).toMatchObject({
      unitPrice: '12.35',
      discountAmount: '0.03',
      net: '37.02',
    })
    const four = {
      ...REFERENCE,
      zoho: { ...REFERENCE.zoho, fields: { Invoiced_Items: [zohoFieldOf('List_Price', { decimalPlaces: 4 })] } },
    }
    const verdict = rules.accept('zoho', first(xeroLines([fine])), contextOf(SETTINGS, four))
    expect(verdict).toMatchObject({ value: { unitPrice: '12.3412', discountAmount: '0' } })
  })
  test('a quantity that Zoho would round is held: its row would come to another amount, over and over (I11)', () => {
    const hours = first(xeroLines([line({ Quantity: '1.1250', LineAmount: '112.50' })]))
    expect(rules.accept('zoho', hours, context)).toMatchObject({ type: 'hold', code: 'valueNotAllowed' })
    const four = {
      ...REFERENCE,
      zoho: { ...REFERENCE.zoho, fields: { Invoiced_Items: [zohoFieldOf('Quantity', { decimalPlaces: 4 })] } },
    }
    expect(rules.accept('zoho', hours, contextOf(SETTINGS, four))).toMatchObject({ value: { quantity: '1.125' } })
  })
  test.each([
    [row({ Line_Tax: [{ id: 't-lux' }] }), 'unmappedTax'],
    [row({ Product_Name: { id: 'unknown' } }), 'unmappedItem'],
    [row({ Description: 'x'.repeat(4001) }), 'valueTooLong'],
    [row({ Quantity: '1.00001' }), 'valueNotAllowed'],
  ])('%# holds for Xero', (one, code) => {
    expect(rules.accept('xero', first(zohoLines([one])), context)).toMatchObject({ type: 'hold', code })
  })
  test('an unmapped tax is named (R42b)', () => {
    expect(rules.accept('xero', first(zohoLines([row({ Line_Tax: [{ id: 't-lux' }] })])), context)).toMatchObject({
      detail: expect.stringContaining('Luxury'),
    })
  })
  test('lines without an item need the service product in Zoho (R33)', () => {
    const service = first(xeroLines([line({ ItemCode: '' })]))
    expect(accepted('zoho', service).item).toBeNull()
    const without = contextOf({ ...SETTINGS, provisioned: { ...SETTINGS.provisioned, serviceProductId: '' } })
    expect(rules.accept('zoho', service, without)).toMatchObject({ code: 'lineWithoutProduct' })
  })
  test('a product that is yet to be created goes by its own code, or by the one that it is given (R41a)', () => {
    const pending = { ...context, partnerOf: () => '@link:L9.xero' }
    const coded = first(zohoLines([row({ Product_Name: { id: 'p-9', name: 'New', Product_Code: 'NEW-9' } })]))
    expect(rules.accept('xero', coded, pending)).toMatchObject({ value: { item: 'NEW-9' } })
    const bare = first(zohoLines([row({ Product_Name: { id: 'p-9', name: 'New' } })]))
    expect(rules.accept('xero', bare, pending)).toMatchObject({ value: { item: 'P-p-9' } })
  })
  // Catches: an invoice that waits for an item which nobody wants, and a CRM product that an edit in Xero replaces (R39).
  test('where no items are made, a line says in words what is sold, and the CRM keeps its product', () => {
    const describing = contextOf({ ...SETTINGS, missingItems: 'describe' })
    const strange = first(zohoLines([row({ Product_Name: { id: 'unknown', name: 'Decking' }, Description: null })]))
    expect(rules.accept('xero', strange, describing)).toMatchObject({ value: { item: null, description: 'Decking' } })
    const known = first(zohoLines([row({ Product_Name: { id: 'p-1', name: 'Known' } })]))
    expect(rules.accept('xero', known, describing)).toMatchObject({ value: { item: 'P-1' } })
    const [existing] = rules.read(
      viewOf(recordOf('zoho', 'Invoices', { Invoiced_Items: [row({ Product_Name: { id: 'unknown' } })] })),
      describing,
    )
    const value = { ...strange, item: null, quantity: '3' }
    const rowsOf = (at: typeof describing) =>
      JSON.stringify(rules.write('zoho', { desired: [{ existing: existing ?? null, value }], removed: [] }, at))
    expect(rowsOf(describing)).not.toContain('Product_Name')
    expect(rowsOf(context)).toContain('"Product_Name":{"id":"p-service"}')
  })
})

describe('writing', () => {
  const write = (
    target: 'zoho' | 'xero',
    desired: Parameters<typeof rules.write>[1]['desired'],
    removed: readonly SideLine[] = [],
  ) => shownFields(rules.write(target, { desired, removed }, context))

  test('Zoho gets every surviving row by id and removals by _delete: unmentioned ones may be dropped', () => {
    const [one, two, three] = zohoLines([row({}), row({ id: 'r2' }), row({ id: 'r3' })])
    if (one === undefined || two === undefined || three === undefined) throw new Error('no rows')
    const { Invoiced_Items: rows } = write(
      'zoho',
      [
        { existing: one, value: null },
        { existing: two, value: { ...two.value, quantity: '3' } },
      ],
      [three],
    )
    expect(rows).toMatchObject([{ id: 'r1' }, { id: 'r2', Quantity: '3', Discount: '0' }, { id: 'r3', _delete: null }])
    expect(asRows(rows)[0]).toEqual({ id: 'r1' })
  })

  const booked = line({
    AccountCode: '260',
    AccountID: 'a',
    Tracking: [{ Name: 'Region', Option: 'North' }],
    Item: { ItemID: 'i' },
    ValidationErrors: [],
  })
  test("a bookkeeper's account and tracking survive an edit in the CRM, ids are echoed", () => {
    const [existing] = xeroLines([booked])
    if (existing === undefined) throw new Error('no line')
    const edited = write('xero', [{ existing, value: { ...existing.value, quantity: '3', net: '300' } }])
    expect(edited.LineItems).toEqual([
      {
        LineItemID: 'l1',
        ItemCode: 'P-1',
        Description: 'Widget',
        Quantity: '3',
        UnitAmount: '100',
        TaxType: 'OUTPUT',
        AccountCode: '260',
        AccountID: 'a',
        Tracking: [{ Name: 'Region', Option: 'North' }],
      },
    ])
    expect(edited.LineAmountTypes).toBeUndefined()
  })
  test('a tax amount changed by hand is kept on lines that nobody touched', () => {
    const [existing] = xeroLines([line({ TaxAmount: '19.99' })])
    if (existing === undefined) throw new Error('no line')
    expect(asRows(write('xero', [{ existing, value: null }]).LineItems)[0]).toMatchObject({ TaxAmount: '19.99' })
    const edited = (value: LineValue) => asRows(write('xero', [{ existing, value }]).LineItems)[0]
    expect(edited({ ...existing.value, description: 'Edited' })).toMatchObject({ TaxAmount: '19.99' })
    expect(edited({ ...existing.value, quantity: '3', net: '300' })).not.toHaveProperty('TaxAmount')
  })
  test("Xero's four decimals stay when the CRM changes only the text", () => {
    const [existing] = xeroLines([line({ Quantity: '3', UnitAmount: '12.3412', LineAmount: '37.02' })])
    if (existing === undefined) throw new Error('no line')
    const crm = accepted('zoho', existing.value)
    const value = { ...accepted('xero', { ...crm, description: 'Edited' }) }
    expect(asRows(write('xero', [{ existing, value }]).LineItems)[0]).toMatchObject({
      Description: 'Edited',
      UnitAmount: '12.3412',
    })
  })
  test('an inclusive document is restated as a whole: half of it would be taxed twice', () => {
    const lines = xeroLines(
      [
        line({ LineAmount: '220.00', UnitAmount: '110.00', TaxAmount: '20.00' }),
        line({ LineItemID: 'l2', LineAmount: '110.00', UnitAmount: '55', TaxAmount: '10.00' }),
      ],
      'Inclusive',
    )
    const [one, two] = lines
    if (one === undefined || two === undefined) throw new Error('no lines')
    const payload = write('xero', [
      { existing: one, value: { ...one.value, quantity: '1', net: '100' } },
      { existing: two, value: null },
    ])
    expect(payload).toMatchObject({
      LineAmountTypes: 'Exclusive',
      LineItems: [
        { UnitAmount: '100', Quantity: '1' },
        { UnitAmount: '50', Quantity: '2' },
      ],
    })
  })
  test('new lines without an item get the chosen account, others their item’s (R33)', () => {
    const value = { ...accepted('xero', first(zohoLines([row({})]))), item: null }
    expect(asRows(write('xero', [{ existing: null, value }]).LineItems)[0]).toMatchObject({ AccountCode: '200' })
    expect(
      asRows(write('xero', [{ existing: null, value: { ...value, item: 'P-1' } }]).LineItems)[0],
    ).not.toHaveProperty('AccountCode')
  })
})
