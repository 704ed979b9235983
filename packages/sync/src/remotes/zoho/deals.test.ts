import { describe, expect, test } from 'vitest'
import { must, type ZohoBench, zohoBench } from '../../../test/zoho-sandbox.ts'
import type { HttpRequest, Network } from '../../ports/network.ts'
import { idOf, objectsOf, textOf } from './wire.ts'

const LOOKUP = 'Deal_Name__s'

async function created(bench: ZohoBench, module: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = JSON.stringify(await bench.act({ action: 'create', module, values }))
  return /"id":"(\d+)"/.exec(answer)?.[1] ?? ''
}

/** Two deals of one company, each with a quote and an invoice of its own; the first with a product. */
async function twoDeals() {
  const bench = zohoBench()
  const account = await created(bench, 'Accounts', { Account_Name: 'Buyer' })
  const product = await created(bench, 'Products', { Product_Name: 'Lamp', Product_Code: 'L-1', Unit_Price: 12.5 })
  const deals: { id: string; quote: string; invoice: string }[] = []
  for (const Deal_Name of ['One', 'Two']) {
    const id = await created(bench, 'Deals', { Deal_Name, Stage: 'Qualification', Closing_Date: '2026-10-30' })
    const rows = [{ Product_Name: { id: product }, Quantity: 2, List_Price: 3 }]
    const common = { Subject: Deal_Name, Account_Name: { id: account } }
    const quote = await created(bench, 'Quotes', { ...common, Deal_Name: { id }, Quoted_Items: rows })
    const invoice = await created(bench, 'Invoices', { ...common, [LOOKUP]: { id }, Invoiced_Items: rows })
    deals.push({ id, quote, invoice })
  }
  const [one, two] = deals
  if (one === undefined || two === undefined) throw new Error('unreachable: two were made')
  await bench.act({ action: 'linkProduct', id: one.id, productId: product })
  return { bench, one, two, product }
}

/** Answers instead of Zoho where the path fits. */
function answering(network: Network, path: RegExp, answer: readonly [status: number, code: string]): Network {
  const [status, code] = answer
  const details = code === 'INVALID_DATA' ? { resource_path_index: 2 } : {}
  const body = JSON.stringify({ code, message: code, details, status: 'error' })
  const exchange: Network['exchange'] = async (request: HttpRequest) =>
    path.test(`${request.url} ${request.body ?? ''}`) ? { status, headers: {}, body } : network.exchange(request)
  return { ...network, exchange }
}

describe('what hangs on a deal', () => {
  // Catches: another deal's quote billed; a quote without its rows, which would be billed as nothing.
  test('is its own quotes with their rows, and its list of products', async () => {
    const { bench, one, two, product } = await twoDeals()
    const papers = must(await bench.remote().readDealPapers([one.id, two.id]))
    expect(papers.map(({ dealId, quotes }) => [dealId, quotes.map((quote) => textOf(quote.id))])).toEqual([
      [one.id, [one.quote]],
      [two.id, [two.quote]],
    ])
    const rows = objectsOf(papers[0]?.quotes[0]?.Quoted_Items)
    expect(rows.map((row) => [idOf(row.Product_Name), textOf(row.Quantity), textOf(row.List_Price)])).toEqual([
      [product, '2', '3'],
    ])
    expect(papers.map(({ products }) => products.map((row) => [textOf(row.id), textOf(row.Unit_Price)]))).toEqual([
      [[product, '12.5']],
      [],
    ])
  })

  test.each([
    ['an edition without quotes', /coql.*from Quotes/, 400, 'INVALID_MODULE'],
    ['an organisation whose deals have no such list', /Deals\/\d+\/Products/, 400, 'INVALID_DATA'],
    ['one that does not know the address', /Deals\/\d+\/Products/, 404, 'INVALID_URL_PATTERN'],
  ])('is nothing in %s: the deal is billed by what there is', async (_name, path, status, code) => {
    const { bench, one } = await twoDeals()
    const remote = bench.remote({ network: answering(bench.network, path, [status, code]) })
    const [papers] = must(await remote.readDealPapers([one.id]))
    expect([papers?.quotes.length, papers?.products.length].includes(0)).toBe(true)
  })

  // Catches: a trouble taken for "there is none": the deal billed by its Amount although a quote was agreed.
  test.each([
    ['quotes that we may not read', /coql.*from Quotes/, 401, 'OAUTH_SCOPE_MISMATCH'],
    ['a quote that we may not read', /\/Quotes\/\d+/, 403, 'NO_PERMISSION'],
    ['products that we may not read', /Deals\/\d+\/Products/, 403, 'NO_PERMISSION'],
    ['a field that products do not have', /Deals\/\d+\/Products/, 400, 'INVALID_FIELD'],
    ['a server in trouble', /Deals\/\d+\/Products/, 500, 'INTERNAL_ERROR'],
  ])('is not known with %s', async (_name, path, status, code) => {
    const { bench, one } = await twoDeals()
    const remote = bench.remote({ network: answering(bench.network, path, [status, code]) })
    expect((await remote.readDealPapers([one.id])).type).not.toBe('ok')
  })
})

describe('invoices that name a deal', () => {
  // Catches: an invoice of a deal overlooked because COQL compares lookups in another way: the sale is billed twice.
  test.each(['Deal_Name__s', 'Deal_Name__s.id'])('are found where COQL takes %s alone', async (spelling) => {
    const { bench, one, two } = await twoDeals()
    const other = spelling === LOOKUP ? /Deal_Name__s\.id in/ : /Deal_Name__s in/
    const remote = bench.remote({ network: answering(bench.network, other, [400, 'INVALID_QUERY']) })
    const found = must(await remote.readInvoicesOfDeals([one.id], LOOKUP))
    expect(found.map((record) => [record.id, idOf(record.fields[LOOKUP])])).toEqual([[one.invoice, one.id]])
    expect(must(await remote.readInvoicesOfDeals([two.id], LOOKUP)).map((record) => record.id)).toEqual([two.invoice])
  })

  test('are none of a deal that has none, or that is no deal', async () => {
    const { bench } = await twoDeals()
    expect(must(await bench.remote().readInvoicesOfDeals(['999', "1' or id > '0"], LOOKUP))).toEqual([])
  })

  test('are not known where the query is refused', async () => {
    const { bench, one } = await twoDeals()
    const network = answering(bench.network, /coql/, [401, 'OAUTH_SCOPE_MISMATCH'])
    expect((await bench.remote({ network }).readInvoicesOfDeals([one.id], LOOKUP)).type).not.toBe('ok')
  })
})
