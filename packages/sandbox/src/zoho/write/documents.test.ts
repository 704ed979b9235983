import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

async function quoteOrg(more: Record<string, unknown> = {}) {
  const org = await openOrg()
  const account = await org.add('Accounts', { Account_Name: 'Acme' })
  const product = await org.add('Products', { Product_Name: 'Widget', Unit_Price: 10 })
  const deal = await org.add('Deals', { Deal_Name: 'D', Stage: 'Qualification', Closing_Date: '2026-04-01' })
  const lines = [{ Product_Name: { id: product }, Quantity: 3, Discount: '10%', Line_Tax: [{ name: 'GST' }] }]
  const header = { Subject: 'Q-1', Account_Name: { id: account }, Deal_Name: { id: deal }, Currency: 'USD' }
  const quote = await org.add('Quotes', { ...header, Quoted_Items: lines, Adjustment: 0.5, ...more })
  const moduleId = async (name: string) =>
    (await org.call('GET', `/settings/modules/${name}`)).json.text('modules', 0, 'id')
  const convert = async (to: readonly string[], module = 'Quotes', id = quote) => {
    const convert_to = await Promise.all(
      to.map(async (name) => ({ module: { api_name: name, id: await moduleId(name) } })),
    )
    const body = { data: [{ convert_to, carry_over_tags: true }] }
    return org.call('POST', `/${module}/${id}/actions/convert`, { body })
  }
  return { org, account, product, deal, quote, convert }
}
const read = async (org: TestOrg, path: string) => (await org.call('GET', path)).json

describe('conversion of a quote', () => {
  it('makes an invoice with lines of its own and the totals of the quote', async () => {
    const { org, account, deal, quote, convert } = await quoteOrg()
    const answer = await convert(['Invoices'])
    expect([answer.status, answer.json.at('data', 0, 'message')]).toEqual([
      200,
      'The record has been converted successfully',
    ])
    const id = answer.json.text('data', 0, 'details', 'Invoices', 'id')
    const invoice = await read(org, `/Invoices/${id}`)
    const before = await read(org, `/Quotes/${quote}`)
    const at = (name: string, ...path: string[]) => invoice.at('data', 0, name, ...path)
    expect([at('Subject'), at('Account_Name', 'id'), at('Deal_Name__s', 'id')]).toEqual(['Q-1', account, deal])
    expect([at('Grand_Total'), at('Currency')]).toEqual([before.at('data', 0, 'Grand_Total'), 'USD'])
    expect(at('Grand_Total')).toBe(30.2)
    expect(invoice.at('data', 0, 'Invoiced_Items', 0, 'Discount')).toBe('10%')
    expect(invoice.at('data', 0, 'Invoiced_Items', 0, 'id')).not.toBe(before.at('data', 0, 'Quoted_Items', 0, 'id'))
  })

  it('happens once (a retried conversion makes a second invoice)', async () => {
    const { org, convert } = await quoteOrg()
    await convert(['Invoices'])
    const again = await convert(['Sales_Orders'])
    expect([again.status, again.json.at('code'), again.json.at('message')]).toEqual([
      400,
      'ID_ALREADY_CONVERTED',
      'id already converted',
    ])
    org.set('singleWriteErrors', 'wrapped')
    expect((await convert(['Invoices'])).json.at('data', 0, 'code')).toBe('ID_ALREADY_CONVERTED')
    expect((await read(org, '/Invoices?fields=id')).list('data')).toHaveLength(1)
  })

  it('goes by way of an order, which names the quote and is named by the invoice', async () => {
    const { org, quote, convert } = await quoteOrg()
    const order = (await convert(['Sales_Orders'])).json.text('data', 0, 'details', 'Sales_Orders', 'id')
    const shown = await read(org, `/Sales_Orders/${order}`)
    expect([shown.at('data', 0, 'Quote_Name', 'id'), shown.list('data', 0, 'Ordered_Items').length]).toEqual([quote, 1])
    expect(shown.text('data', 0, 'SO_Number')).toMatch(/^\d+$/)
    const done = await convert(['Invoices'], 'Sales_Orders', order)
    const invoice = await read(org, `/Invoices/${done.json.text('data', 0, 'details', 'Invoices', 'id')}`)
    expect(invoice.at('data', 0, 'Sales_Order', 'id')).toBe(order)
    expect(invoice.at('data', 0, 'Grand_Total')).toBe(30.2)
  })

  it('refuses other targets, a wrong module id, an unknown quote and modules that do not convert', async () => {
    const { org, account, quote, convert } = await quoteOrg()
    const details = async (convert_to: unknown) => {
      const answer = await org.call('POST', `/Quotes/${quote}/actions/convert`, { body: { data: [{ convert_to }] } })
      return [answer.json.at('data', 0, 'code'), answer.json.at('data', 0, 'details', 'json_path')]
    }
    const place = '$.data[0].convert_to[0].module'
    expect(await details([{ module: { api_name: 'Deals' } }])).toEqual(['INVALID_DATA', `${place}.api_name`])
    expect(await details([{ module: { api_name: 'Invoices', id: '1' } }])).toEqual(['INVALID_DATA', `${place}.id`])
    const order = (await read(org, '/settings/modules/Sales_Orders')).at('modules', 0, 'id')
    expect(await details([{ module: { api_name: 'Invoices', id: order } }])).toEqual(['INVALID_DATA', `${place}.id`])
    expect(await details([{}])).toEqual(['MANDATORY_NOT_FOUND', place])
    expect(await details(undefined)).toEqual(['MANDATORY_NOT_FOUND', '$.data[0].convert_to'])
    const two = await org.call('POST', `/Quotes/${quote}/actions/convert`, { body: { data: [{}, {}] } })
    expect(two.json.at('details', 'maximum_length')).toBe(1)
    expect((await convert(['Invoices'], 'Quotes', '5600000000999999999')).json.at('code')).toBe('INVALID_DATA')
    expect((await convert(['Invoices'], 'Accounts', account)).json.at('code')).toBe('NOT_SUPPORTED')
    expect((await org.call('GET', '/Invoices?fields=id')).status).toBe(204)
  })

  it('makes nothing when a product is gone, and needs the rights to both modules', async () => {
    const { org, product, convert } = await quoteOrg()
    await org.call('DELETE', `/Products/${product}`)
    const refused = await convert(['Sales_Orders', 'Invoices'])
    const [first] = refused.json.list('data', 0, 'details', 'errors')
    expect([refused.status, first?.at('details', 'json_path')]).toEqual([
      400,
      '$.data[0].convert_to[0].Ordered_Items[0].Product_Name',
    ])
    expect((await org.call('GET', '/Sales_Orders?fields=id')).status).toBe(204)
    await org.limitTo('ZohoCRM.modules.quotes.ALL', 'ZohoCRM.settings.modules.READ')
    expect((await convert(['Invoices'])).json.at('code')).toBe('OAUTH_SCOPE_MISMATCH')
  })

  it('is done by a person too, and watchers hear of the new document', async () => {
    const { org, quote } = await quoteOrg()
    const watch = { channel_id: '7', events: ['Invoices.all'], notify_url: 'https://app.example.com/hooks' }
    await org.call('POST', '/actions/watch', { body: { watch: [watch] } })
    const done = await org.act({ action: 'convertQuote', id: quote, to: 'Sales_Orders' })
    expect(done.json.at('result', 'Created_By', 'name')).toBe('Sally Nguyen')
    const invoice = await org.act({ action: 'convertOrder', id: done.json.text('result', 'id') })
    expect(invoice.json.list('result', 'Invoiced_Items')).toHaveLength(1)
    expect((await org.act({ action: 'convertQuote', id: quote })).status).toBe(400)
    await org.clock.advance(2000)
    expect(org.callbacks.map((one) => one.body.at('operation'))).toEqual(['insert'])
  })
})

describe('purchase orders', () => {
  it('go to a vendor under a number that people type, with lines like any document', async () => {
    const { org, product } = await quoteOrg()
    const vendor = await org.add('Vendors', { Vendor_Name: 'Supplies Ltd' })
    const lines = [{ Product_Name: { id: product }, Quantity: 2, List_Price: 4 }]
    const order = { Subject: 'PO', PO_Number: 'PO-7', Vendor_Name: { id: vendor }, Purchase_Items: lines }
    const bad = await org.call('POST', '/Purchase_Orders', { body: { data: [{ ...order, Vendor_Name: undefined }] } })
    expect(bad.json.at('data', 0, 'details', 'api_name')).toBe('Vendor_Name')
    const id = await org.add('Purchase_Orders', order)
    const shown = await read(org, `/Purchase_Orders/${id}`)
    expect([shown.at('data', 0, 'PO_Number'), shown.at('data', 0, 'Grand_Total')]).toEqual(['PO-7', 8])
    const fields = (await read(org, '/settings/fields?module=Purchase_Orders')).list('fields')
    expect(fields.find((field) => field.at('data_type') === 'subform')?.at('api_name')).toBe('Purchase_Items')
  })

  it('and the other documents take rows by hand, and stand in state and lists', async () => {
    const { org, product, quote } = await quoteOrg()
    const order = (await org.act({ action: 'convertQuote', id: quote, to: 'Sales_Orders' })).json.text('result', 'id')
    const values = { Product_Name: { id: product }, Quantity: 1 }
    const added = await org.act({ action: 'addRow', module: 'Sales_Orders', id: order, values })
    expect(added.json.list('result', 'Ordered_Items')).toHaveLength(2)
    const rowId = added.json.text('result', 'Ordered_Items', 1, 'id')
    await org.act({ action: 'editRow', module: 'Sales_Orders', id: order, rowId, values: { Quantity: 5 } })
    const state = (await org.raw('GET', '/__sandbox/state')).json
    expect(state.at('records', 'Sales_Orders', 0, 'Ordered_Items', 1, 'Quantity')).toBe(5)
    const left = await org.act({ action: 'deleteRow', module: 'Sales_Orders', id: order, rowId })
    expect(left.json.list('result', 'Ordered_Items')).toHaveLength(1)
    const page = (await org.raw('GET', '/?module=Sales_Orders')).text
    for (const name of ['Leads', 'Purchase Orders', 'Sales Orders', 'Q-1']) expect(page).toContain(name)
    await org.act({ action: 'delete', module: 'Sales_Orders', id: order })
    expect((await read(org, '/Sales_Orders/deleted')).at('data', 0, 'display_name')).toBe('Q-1')
  })
})
