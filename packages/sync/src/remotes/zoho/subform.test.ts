import { describe, expect, test } from 'vitest'
import { must, type ZohoBench, zohoBench } from '../../../test/zoho-sandbox.ts'
import { isValueObject, type ValueObject } from '../../model/value.ts'
import { objectsOf } from './wire.ts'

function whatMappingReads({ id, Product_Name, Quantity, List_Price, Discount, Description, Line_Tax }: ValueObject) {
  const product = isValueObject(Product_Name) ? Product_Name : {}
  const { id: productId, name, Product_Code } = product
  return { id, productId, name, Product_Code, Quantity, List_Price, Discount, Description, Line_Tax }
}

const SIZE = { contacts: 30, items: 20, invoices: 120 }

async function readAll(bench: ZohoBench) {
  const remote = bench.remote()
  const page = must(await remote.listPage({ collection: 'Invoices', since: null, page: 1 }))
  const ids = page.rows.map((row) => row.id)
  const invoices = must(await remote.readMany('Invoices', ids))
  return { ids, invoices, calls: remote.usage().byPurpose }
}

describe('invoices in bulk', () => {
  test('where COQL reads the subform, lines come in bulk and equal those of single reads', async () => {
    const bench = zohoBench(SIZE)
    const { invoices: single, calls: before } = await readAll(bench)
    expect(before['Invoices.read']).toBe(120)
    bench.sandbox.control.switches.set('coqlOnSubform', 'on')
    const { invoices: bulk, calls } = await readAll(bench)
    expect(calls['Invoices.read']).toBeLessThan(15)
    const lines = (list: typeof single) =>
      new Map(
        list.map(({ id, version, hasLines, fields }) => [
          id,
          { version, hasLines, lines: objectsOf(fields.Invoiced_Items).map(whatMappingReads) },
        ]),
      )
    expect(lines(bulk)).toEqual(lines(single))
  })

  test('where it is refused, one probe is spent and every invoice still comes whole', async () => {
    const { ids, invoices, calls } = await readAll(zohoBench(SIZE))
    expect(invoices.map((invoice) => invoice.id)).toEqual(ids)
    expect(invoices.every((invoice) => invoice.hasLines)).toBe(true)
    expect(calls['Invoices.lines']).toBe(1)
  })

  test('a few invoices are read one by one, without a probe', async () => {
    const { calls } = await readAll(zohoBench({ contacts: 5, items: 5, invoices: 3 }))
    expect(calls).toEqual({ 'Invoices.list': 1, 'Invoices.read': 3 })
  })

  test('a mapping that needs a system key never takes the short way: a list has none', async () => {
    const bench = zohoBench(SIZE)
    bench.sandbox.control.switches.set('coqlOnSubform', 'on')
    const remote = bench.remote({ fields: { Invoices: ['Subject', '$line_tax'] } })
    const page = must(await remote.listPage({ collection: 'Invoices', since: null, page: 1 }))
    must(
      await remote.readMany(
        'Invoices',
        page.rows.map((row) => row.id),
      ),
    )
    expect(remote.usage().byPurpose['Invoices.lines']).toBeUndefined()
  })
})

/** Twelve quotes of two lines, in an org that has customers and products. */
async function quotesIn(bench: ZohoBench): Promise<readonly string[]> {
  const remote = bench.remote()
  const idsOf = async (collection: 'Accounts' | 'Products') =>
    must(await remote.listPage({ collection, since: null, page: 1 })).rows.map((row) => row.id)
  const [account] = await idsOf('Accounts')
  const products = await idsOf('Products')
  const rows = Array.from({ length: 12 }, (_, at) => ({
    Subject: `Quote ${at}`,
    Account_Name: { id: account },
    Quoted_Items: [0, 1].map((place) => ({
      Product_Name: { id: products[(at + place) % products.length] },
      Quantity: at + 1,
      List_Price: 12.5,
      Discount: place,
      Description: `Line ${place}`,
    })),
  }))
  const made = await Promise.all(rows.map((values) => bench.act({ action: 'create', module: 'Quotes', values })))
  expect(made.every((answer) => JSON.stringify(answer).includes('"ok":true'))).toBe(true)
  return must(await remote.listPage({ collection: 'Quotes', since: null, page: 1 })).rows.map((row) => row.id)
}

// Catches: quotes without lines, because the reader of lines knows invoices only (zoho-crm.md 4.1).
test.each(['off', 'on'])('quotes come with their own rows, with COQL on subforms %s', async (coqlOnSubform) => {
  const bench = zohoBench({ contacts: 5, items: 5, invoices: 0 })
  bench.sandbox.control.switches.set('coqlOnSubform', coqlOnSubform)
  const ids = await quotesIn(bench)
  const quotes = must(await bench.remote().readMany('Quotes', ids))
  expect(quotes.map((quote) => quote.id).toSorted()).toEqual([...ids].toSorted())
  for (const { hasLines, fields } of quotes) {
    expect(hasLines).toBe(true)
    expect(objectsOf(fields.Quoted_Items).map((row) => row.Description)).toEqual(['Line 0', 'Line 1'])
  }
})
