import { type Link, mainPart } from '../model/link.ts'
import type { RecordRef } from '../model/record.ts'
import type { Walk } from '../walk.ts'
import { readFresh } from './read-fresh.ts'
import type { ViewSource } from './view-source.ts'

/**
 * Where somebody seems to have left a company, the company and its people are read at different times: of a company in
 * the recycle bin the CRM names nobody's company, and it may have been deleted or restored between the two reads. What
 * was read first is read again, before anybody is taken for a stranger and made a second time, or another for the next
 * primary person. What has vanished is returned.
 */
export async function rereadPeople(
  walk: Walk,
  links: readonly Link[],
  source: ViewSource,
): Promise<readonly RecordRef[]> {
  const older = links.flatMap((link) => readEarlier(walk, link, source))
  for (const ref of older) walk.cache.drop(ref)
  return older.length === 0 ? [] : readFresh(walk, older, () => false)
}

function readEarlier(walk: Walk, link: Link, { rules }: ViewSource): readonly RecordRef[] {
  const main = mainPart(link, 'zoho')
  if (rules === null || main === undefined || main.remoteId === null || main.collection === rules.collection) return []
  const read = link.parts.flatMap(({ side, collection, remoteId }) => {
    const ref = side === 'zoho' && remoteId !== null ? { side, collection, remoteId } : null
    const fresh = ref === null ? undefined : walk.cache.get(ref)
    return ref === null || fresh === undefined ? [] : [{ ref, ...fresh }]
  })
  const hasLeft = read.some(
    ({ ref, record }) => ref.collection === rules.collection && rules.companyOf(record) !== main.remoteId,
  )
  if (!hasLeft) return []
  const newest = Math.max(...read.map(({ sentAtMonotonicMs }) => sentAtMonotonicMs))
  return read.flatMap(({ ref, sentAtMonotonicMs }) => (sentAtMonotonicMs < newest ? [ref] : []))
}
