import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

async function invoiceOrg(rows: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) {
  const org = await openOrg()
  const account = await org.add('Accounts', { Account_Name: 'Acme' })
  const product = await org.add('Products', { Product_Name: 'Widget', Unit_Price: 12.5 })
  const Invoiced_Items = rows.map((row) => ({ Product_Name: { id: product }, ...row }))
  const id = await org.add('Invoices', { Subject: 'INV-1', Account_Name: { id: account }, Invoiced_Items, ...more })
  return { org, id, product, account }
}

async function read(org: TestOrg, id: string) {
  const answer = await org.call('GET', `/Invoices/${id}`)
  return { whole: answer.json, rows: answer.json.list('data', 0, 'Invoiced_Items') }
}

const put = (org: TestOrg, id: string, rows: readonly unknown[]) =>
  org.call('PUT', `/Invoices/${id}`, { body: { data: [{ Invoiced_Items: rows }], trigger: [] } })

describe('line items', () => {
  it('a replayed array without row ids duplicates lines', async () => {
    const { org, id, product } = await invoiceOrg([{ Quantity: 1 }])
    await put(org, id, [{ Product_Name: { id: product }, Quantity: 1 }])
    expect((await read(org, id)).rows).toHaveLength(2)
  })

  it('patches by id, deletes by the presence of _delete, keeps what is not mentioned', async () => {
    const { org, id } = await invoiceOrg([{ Quantity: 1 }, { Quantity: 2 }, { Quantity: 3 }])
    const [first, second] = (await read(org, id)).rows
    await put(org, id, [
      { id: first?.at('id'), Quantity: 9 },
      { id: second?.at('id'), _delete: null },
    ])
    const { rows } = await read(org, id)
    expect(rows.map((row) => [row.at('Quantity'), row.at('Sequence_Number')])).toEqual([
      [9, 1],
      [3, 2],
    ])
  })

  it('drops unmentioned rows under the other reading', async () => {
    const { org, id } = await invoiceOrg([{ Quantity: 1 }, { Quantity: 2 }])
    org.set('unmentionedRows', 'dropped')
    const [first] = (await read(org, id)).rows
    await put(org, id, [{ id: first?.at('id') }])
    expect((await read(org, id)).rows).toHaveLength(1)
  })

  it('refuses to empty the lines, unless the switch clears them', async () => {
    const { org, id } = await invoiceOrg([{ Quantity: 1 }])
    const refused = await put(org, id, [])
    expect([refused.status, refused.json.at('data', 0, 'code')]).toEqual([400, 'MANDATORY_NOT_FOUND'])
    org.set('emptyLines', 'clears')
    expect((await put(org, id, [])).status).toBe(200)
    expect((await read(org, id)).rows).toHaveLength(0)
  })

  it('refuses a row id of another document and a row without product', async () => {
    const { org, id } = await invoiceOrg([{ Quantity: 1 }])
    const bad = await put(org, id, [{ id: '5600000000000000001', Quantity: 1 }])
    expect(bad.json.at('data', 0, 'details', 'json_path')).toBe('$.data[0].Invoiced_Items[0].id')
    const none = await put(org, id, [{ Quantity: 1 }])
    expect(none.json.at('data', 0, 'details', 'json_path')).toBe('$.data[0].Invoiced_Items[0].Product_Name')
  })

  it('takes price and quantity from the product when they are absent, but zero is a value', async () => {
    const { org, id } = await invoiceOrg([{}, { List_Price: 0 }])
    const { rows } = await read(org, id)
    expect(rows.map((row) => [row.at('Quantity'), row.at('List_Price')])).toEqual([
      [1, 12.5],
      [1, 0],
    ])
  })

  it('never returns line items in a list', async () => {
    const { org } = await invoiceOrg([{}])
    const list = await org.call('GET', '/Invoices?fields=Subject,Invoiced_Items')
    expect(Object.keys(Object(list.json.at('data', 0))).sort()).toEqual(['Subject', 'id'])
  })
})

describe('totals', () => {
  it('computes rows and document by decimals, half up, whatever the client sends', async () => {
    const gst = [{ name: 'GST' }]
    const rows = [
      { Quantity: 3, List_Price: 0.335, Line_Tax: gst, Total: 99 },
      { Quantity: 2, List_Price: 100, Discount: 10, Line_Tax: gst },
    ]
    const { org, id } = await invoiceOrg(rows, { Discount: 5, Adjustment: 0.5, Grand_Total: 1 })
    const shown = await read(org, id)
    expect(shown.rows[0]?.at('Total')).toBe(1.01)
    expect(shown.rows[0]?.at('Tax')).toBe(0.1)
    expect(shown.rows[1]?.at('Net_Total')).toBe(209)
    expect(shown.rows[1]?.at('Line_Tax', 0, 'value')).toBe(19)
    expect(shown.whole.at('data', 0, 'Sub_Total')).toBe(210.11)
    expect(shown.whole.at('data', 0, 'Grand_Total')).toBe(205.61)
  })

  it('keeps a percent discount as text, turns it into an amount, or refuses it, by switch', async () => {
    const rows = [{ Quantity: 1, List_Price: 200, Discount: '5%' }]
    const { org, id, product, account } = await invoiceOrg(rows)
    const first = (await read(org, id)).rows[0]
    expect([first?.at('Discount'), first?.at('Total_After_Discount')]).toEqual(['5%', 190])
    const insert = () =>
      org.call('POST', '/Invoices', {
        body: {
          data: [
            {
              Subject: 'x',
              Account_Name: account,
              Invoiced_Items: rows.map((row) => ({ ...row, Product_Name: product })),
            },
          ],
        },
      })
    org.set('percentDiscount', 'converted')
    const converted = await insert()
    expect((await read(org, converted.json.text('data', 0, 'details', 'id'))).rows[0]?.at('Discount')).toBe(10)
    org.set('percentDiscount', 'rejected')
    expect((await insert()).status).toBe(400)
  })

  it('refuses an unknown tax name, or leaves it out by switch', async () => {
    const { org, id } = await invoiceOrg([{ List_Price: 10 }])
    const [row] = (await read(org, id)).rows
    const change = [{ id: row?.at('id'), Line_Tax: [{ name: 'VAT' }] }]
    expect((await put(org, id, change)).status).toBe(400)
    org.set('unknownTaxName', 'ignored')
    expect((await put(org, id, change)).status).toBe(200)
  })

  it('applies a document tax after the discount', async () => {
    const more = { Discount: 10, $line_tax: [{ name: 'GST', percentage: 10 }] }
    const { org, id } = await invoiceOrg([{ List_Price: 110 }], more)
    const { whole } = await read(org, id)
    expect([whole.at('data', 0, 'Tax'), whole.at('data', 0, 'Grand_Total')]).toEqual([10, 110])
  })

  it('freezes the org rate of a foreign currency', async () => {
    const { org, id } = await invoiceOrg([{}], { Currency: 'USD' })
    expect((await read(org, id)).whole.at('data', 0, 'Exchange_Rate')).toBe(0.66)
    const bad = await org.call('PUT', `/Invoices/${id}`, { body: { data: [{ Currency: 'XXX' }] } })
    expect(bad.status).toBe(400)
  })
})
