import type { DealReading } from '../../model/deal.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ValueObject } from '../../model/value.ts'
import { createLookupReader, type LookupReader } from './by-lookup.ts'
import type { ZohoClient } from './client.ts'
import { hasMoreRecords } from './codec.ts'
import { refuseProblem, type ZohoProblem } from './problem.ts'
import { type ReadParts, readListed } from './read.ts'
import { withField } from './wanted-fields.ts'
import { idOf, isZohoId, objectsOf, textOf } from './wire.ts'

export interface DealReader {
  /** Quotes with their rows and the list of products, for each of these deals. */
  papers(dealIds: readonly string[]): Promise<RemoteOutcome<readonly DealReading[]>>
  /** List rows of the invoices that name one of these deals by this lookup. */
  invoices(dealIds: readonly string[], lookup: string): Promise<RemoteOutcome<readonly RemoteRecord[]>>
}

export function createDealReader(parts: ReadParts): DealReader {
  const { client } = parts
  const quotes = createLookupReader(client, {
    module: 'Quotes',
    lookup: 'Deal_Name',
    purpose: 'Quotes.ofDeals',
    read: (ids) => readQuotes(client, ids),
    named: (quote) => idOf(quote.Deal_Name),
  })
  const invoicesBy = new Map<string, LookupReader<RemoteRecord>>()
  return {
    async papers(dealIds) {
      const found = await quotesOf(quotes, dealIds)
      if (found.type !== 'ok') return found
      const papers: DealReading[] = []
      for (const dealId of [...new Set(dealIds)].filter(isZohoId)) {
        const products = await readProducts(client, dealId)
        if (products.type !== 'ok') return products
        const own = found.value.filter((quote) => idOf(quote.Deal_Name) === dealId)
        papers.push({ dealId, quotes: own, products: products.value })
      }
      return ok(papers)
    },
    invoices(dealIds, lookup) {
      const reader = invoicesBy.get(lookup) ?? invoiceReader(parts, lookup)
      invoicesBy.set(lookup, reader)
      return reader.read(dealIds)
    },
  }
}

function invoiceReader(parts: ReadParts, lookup: string): LookupReader<RemoteRecord> {
  const withLookup = { ...parts, fields: withField(parts.fields, 'Invoices', lookup) }
  return createLookupReader(parts.client, {
    module: 'Invoices',
    lookup,
    purpose: 'Invoices.ofDeals',
    read: (ids) => readListed(withLookup, 'Invoices', ids),
    named: (invoice) => idOf(invoice.fields[lookup]),
  })
}

/** An edition without quotes has none (zoho-crm.md 4): that is no trouble. */
async function quotesOf(
  quotes: LookupReader<ValueObject>,
  dealIds: readonly string[],
): Promise<RemoteOutcome<readonly ValueObject[]>> {
  const found = await quotes.read(dealIds)
  return found.type === 'refused' && found.code === 'moduleMissing' ? ok([]) : found
}

/** One by one: lists carry no rows (zoho-crm.md 0.6). What is gone by now is left out. */
async function readQuotes(client: ZohoClient, ids: readonly string[]): Promise<RemoteOutcome<readonly ValueObject[]>> {
  const quotes: ValueObject[] = []
  for (const id of ids) {
    const outcome = await client.call({ method: 'GET', path: `/Quotes/${id}`, effect: 'read', purpose: 'Quotes.read' })
    if (outcome.type !== 'ok') return outcome
    const { body, problem } = outcome.value
    if (problem !== null && problem.code !== 'INVALID_DATA') return refuseProblem(problem, 'Quotes')
    quotes.push(...objectsOf(problem === null ? body?.data : undefined).filter((row) => textOf(row.id) === id))
  }
  return ok(quotes)
}

const PRODUCT_FIELDS = ['Product_Name', 'Product_Code', 'Unit_Price', 'Tax']
const PAGE_SIZE = 200
/** Beyond this many products a deal is no invoice any more. */
const MOST_PAGES = 10
/** Where deals have no such list (zoho-crm.md 4 Deals), or the deal is gone: the address itself is what is wrong. */
function isNoList({ code, details }: ZohoProblem): boolean {
  return code === 'INVALID_URL_PATTERN' || (code === 'INVALID_DATA' && details.resource_path_index !== undefined)
}

async function readProducts(client: ZohoClient, dealId: string): Promise<RemoteOutcome<readonly ValueObject[]>> {
  const products: ValueObject[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const path = `/Deals/${dealId}/Products?fields=${PRODUCT_FIELDS.join(',')}&per_page=${PAGE_SIZE}&page=${page}`
    const outcome = await client.call({ method: 'GET', path, effect: 'read', purpose: 'Deals.products' })
    if (outcome.type !== 'ok') return outcome
    const { body, problem } = outcome.value
    if (problem !== null) return isNoList(problem) ? ok([]) : refuseProblem(problem, 'Deals')
    products.push(...objectsOf(body?.data))
    if (!hasMoreRecords(body)) break
  }
  return ok(products)
}
