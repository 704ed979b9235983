import type { DealRules } from '../mapping/contract.ts'
import { lookupIdAt } from '../mapping/record-fields.ts'
import type { DealPapers } from '../model/deal.ts'
import type { Kind } from '../model/kind.ts'
import type { SkipReason } from '../model/plan.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import type { Mark } from '../store/contract.ts'
import type { Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { baseContext, NO_ITEMS } from './context.ts'
import { invoicedQuotes } from './invoiced-quotes.ts'
import { readFresh } from './read-fresh.ts'

/** A mark that is dealt with before anything is planned. */
export interface Stray {
  readonly mark: Mark
  readonly reason: SkipReason
}

/**
 * Deals that are not won take no part: they are sorted out by their list rows alone, however many an organisation has.
 * Marks that are left from before it was switched off are sorted out with them.
 */
export async function strayDeals(walk: Walk, kind: Kind, marks: readonly Mark[]): Promise<readonly Stray[]> {
  const rules = walk.mapping(kind).deals
  const refs = marks.map(refOf)
  if (rules !== undefined) await readFresh(walk, refs, () => false)
  return marks.flatMap((mark) => {
    const record = walk.cache.get(refOf(mark))?.record
    const reason = rules === undefined ? 'notWon' : record === undefined ? 'goneUnlinked' : skipOf(walk, kind, record)
    // What was won before is planned once, so that it is remembered.
    return reason === null || reason === 'beforeStartDate' ? [] : [{ mark, reason }]
  })
}

function skipOf(walk: Walk, kind: Kind, record: RemoteRecord): SkipReason | null {
  return walk.mapping(kind).skip(record, baseContext(walk, NO_ITEMS))
}

/** Sources made in this pass, by the version that they were made from. */
const madeIn = new WeakMap<Walk, Map<string, RemoteRecord>>()

/** These deals, where they are won, as sources of the kind's rules; with their quotes and products read (R37). */
export async function sourcesOf(
  walk: Walk,
  kind: Kind,
  refs: readonly RecordRef[],
): Promise<ReadonlyMap<string, RemoteRecord>> {
  const rules = walk.mapping(kind).deals
  const made = madeIn.get(walk) ?? new Map<string, RemoteRecord>()
  madeIn.set(walk, made)
  if (rules === undefined) return new Map()
  const deals = refs.flatMap((ref) => walk.cache.get(ref)?.record ?? [])
  const won = deals.filter((deal) => skipOf(walk, kind, deal) === null && !made.has(versionKey(deal)))
  const papers = new Map((await papersOf(walk, won)).map((one) => [one.dealId, one]))
  for (const deal of won) made.set(versionKey(deal), source(rules, deal, papers.get(deal.id)))
  // One that is not won has nothing to bill: what it says by itself will do.
  return new Map(
    deals.map((deal) => [keyOf(deal), made.get(versionKey(deal)) ?? source(rules, deal, undefined)] as const),
  )
}

const NO_PAPERS: Omit<DealPapers, 'dealId'> = { quotes: [], products: [], contactCompanyId: '', invoicedQuote: '' }

function source(rules: DealRules, deal: RemoteRecord, papers: DealPapers | undefined): RemoteRecord {
  return rules.source(deal, papers ?? { ...NO_PAPERS, dealId: deal.id })
}

async function papersOf(walk: Walk, deals: readonly RemoteRecord[]): Promise<readonly DealPapers[]> {
  if (deals.length === 0) return []
  const ids = deals.map((deal) => deal.id)
  const readings = await readOrStop(walk, () => walk.remotes.zoho.readDealPapers(ids))
  const companies = await contactCompanies(walk, deals)
  const invoiced = await invoicedQuotes(walk, readings)
  return readings.map((reading) => ({
    ...reading,
    contactCompanyId: companies.get(reading.dealId) ?? '',
    invoicedQuote: invoiced.get(reading.dealId) ?? '',
  }))
}

/** The company of the contact person, for deals that name a person alone. */
async function contactCompanies(walk: Walk, deals: readonly RemoteRecord[]): Promise<ReadonlyMap<string, string>> {
  const named = deals.flatMap((deal): { dealId: string; ref: RecordRef }[] => {
    const remoteId = lookupIdAt(deal.fields, 'Contact_Name')
    const isAlone = lookupIdAt(deal.fields, 'Account_Name') === '' && remoteId !== ''
    return isAlone ? [{ dealId: deal.id, ref: { side: 'zoho', collection: 'Contacts', remoteId } }] : []
  })
  const refs = named.map(({ ref }) => ref)
  if (refs.length > 0) await readFresh(walk, refs, () => false)
  return new Map(
    named.map(({ dealId, ref }) => [dealId, lookupIdAt(walk.cache.get(ref)?.record.fields, 'Account_Name')]),
  )
}

function versionKey(record: RemoteRecord): string {
  return `${keyOf(record)}@${record.version}`
}

function keyOf(record: RemoteRecord): string {
  return refKey({ side: record.side, collection: record.collection, remoteId: record.id })
}

function refOf({ side, collection, remoteId }: RecordRef): RecordRef {
  return { side, collection, remoteId }
}
