import { settingsOf } from '../mapping/bill/as-purchase.ts'
import { createTaxMap } from '../mapping/tax-map.ts'
import type { Code } from '../model/codes.ts'
import type { Kind } from '../model/kind.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import { isMapped } from '../plan/unmapped-taxes.ts'
import { awaitedRecords, awaitedTaxes, WAITING_CODES } from '../plan/waits-for.ts'
import type { NewMark, OpenHold } from '../store/contract.ts'
import type { Walk } from '../walk.ts'
import { partnersOf } from './context.ts'
import { refsOfLink } from './gather.ts'

/** References per statement. */
const REFS_PAGE = 5_000

/** Holds that end when a person has chosen something in the settings, and nothing else has to be read for it (R42b). */
const SETTING_CODES = ['unmappedTax', 'accountNotChosen', 'paymentAccountMissing'] as const satisfies readonly Code[]

/**
 * Marks again what was held until a customer or item has its partner, or a tax its counterpart, and now it has: a hold
 * owns its marks, and nothing else would plan them anew.
 */
export async function markReleased(walk: Walk, kind: Kind): Promise<void> {
  const holds = (await walk.lane.holdsOf([...WAITING_CODES, ...SETTING_CODES])).filter((hold) => hold.kind === kind)
  if (holds.length === 0) return
  const dueAt = walk.ports.clock.now()
  const known = await partneredRecords(walk, holds)
  const byPartner = holds.filter((hold) => awaitedRecords(hold.detail).some((ref) => known.has(refKey(ref))))
  const bySetting = holds.filter((hold) => !byPartner.includes(hold) && isChosen(walk, hold))
  const marks = [
    ...byPartner.flatMap(({ refs }) => refs.map((ref): NewMark => ({ ...ref, kind, reason: 'parent', dueAt }))),
    ...(await refsOf(walk, bySetting)).map((ref): NewMark => ({ ...ref, kind, reason: 'retry', dueAt })),
  ]
  if (marks.length > 0) await walk.lane.mark(marks, null)
}

async function partneredRecords(walk: Walk, holds: readonly OpenHold[]): Promise<ReadonlySet<string>> {
  const refs = holds.flatMap((hold) => awaitedRecords(hold.detail))
  const awaited = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()]
  const known = new Set<string>()
  for (let at = 0; at < awaited.length; at += REFS_PAGE) {
    const links = await walk.lane.linksByRefs(awaited.slice(at, at + REFS_PAGE))
    for (const key of partnersOf(links).keys()) known.add(key)
  }
  return known
}

function isChosen(walk: Walk, { kind, code, detail }: OpenHold): boolean {
  const settings = settingsOf(kind, walk.connection.settings)
  switch (code) {
    case 'unmappedTax': {
      const taxes = awaitedTaxes(detail)
      const map = createTaxMap(settings)
      return taxes.length > 0 && taxes.every((tax) => isMapped(tax, map, walk.reference))
    }
    case 'accountNotChosen':
      return settings.salesAccountCode !== ''
    case 'paymentAccountMissing':
      return settings.paymentAccountCode !== ''
    case 'unmappedItem': {
      const products = awaitedRecords(detail)
      const isProduct = (ref: RecordRef) => ref.collection === 'Products'
      return settings.missingItems === 'describe' && products.length > 0 && products.every(isProduct)
    }
    default:
      return false
  }
}

/** What is told beside a link that goes on owns no marks: then all of the link is looked at again. */
async function refsOf(walk: Walk, holds: readonly OpenHold[]): Promise<readonly RecordRef[]> {
  const bare = holds.flatMap((hold) => (hold.refs.length === 0 ? (hold.linkId ?? []) : []))
  const links = bare.length === 0 ? [] : await walk.lane.linksByIds([...new Set(bare)])
  return [...holds.flatMap((hold) => hold.refs), ...links.flatMap(refsOfLink)]
}
