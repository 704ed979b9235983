import { isInvoiced } from '../mapping/quote/status.ts'
import { textAt } from '../mapping/record-fields.ts'
import type { DealPapers } from '../model/deal.ts'
import { mainPart } from '../model/link.ts'
import type { RecordRef } from '../model/record.ts'
import type { Walk } from '../walk.ts'
import { readFresh } from './read-fresh.ts'

/**
 * By deal, the number of a quote of it that somebody has invoiced in Xero; asked of Xero now, since the CRM may not know
 * of it yet, or show it under the stage of any other agreed quote.
 */
export async function invoicedQuotes(
  walk: Walk,
  deals: readonly Pick<DealPapers, 'dealId' | 'quotes'>[],
): Promise<ReadonlyMap<string, string>> {
  const dealOf = new Map(deals.flatMap(({ dealId, quotes }) => quotes.map((quote) => [textAt(quote, 'id'), dealId])))
  if (dealOf.size === 0) return new Map()
  const links = await walk.lane.linksByRefs(
    [...dealOf.keys()].map((remoteId) => ({ side: 'zoho', collection: 'Quotes', remoteId })),
  )
  const inXero = links.flatMap((link): { dealId: string; ref: RecordRef }[] => {
    const dealId = dealOf.get(mainPart(link, 'zoho')?.remoteId ?? '')
    const remoteId = mainPart(link, 'xero')?.remoteId ?? null
    return dealId === undefined || remoteId === null
      ? []
      : [{ dealId, ref: { side: 'xero', collection: 'Quotes', remoteId } }]
  })
  await readFresh(
    walk,
    inXero.map(({ ref }) => ref),
    () => false,
  )
  return new Map(
    inXero.flatMap(({ dealId, ref }) => {
      const quote = walk.cache.get(ref)?.record
      return quote === undefined || !isInvoiced(quote)
        ? []
        : [[dealId, textAt(quote.fields, 'QuoteNumber') || quote.id]]
    }),
  )
}
