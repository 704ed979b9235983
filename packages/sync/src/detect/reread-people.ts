import { type Link, mainPart } from '../model/link.ts'
import type { RecordRef } from '../model/record.ts'
import type { Walk } from '../walk.ts'
import { readFresh } from './read-fresh.ts'
import type { ViewSource } from './view-source.ts'

/**
 * People who seem to have left a company, though they were read before it was: of a company in the recycle bin the CRM
 * names nobody's company, and it may have been restored between the two reads. They are asked again before anybody
 * takes them for strangers and makes their company's people a second time. What has vanished is returned.
 */
export async function rereadPeople(
  walk: Walk,
  links: readonly Link[],
  source: ViewSource,
): Promise<readonly RecordRef[]> {
  const older = links.flatMap((link) => readBeforeTheirCompany(walk, link, source))
  for (const ref of older) walk.cache.drop(ref)
  return older.length === 0 ? [] : readFresh(walk, older, () => false)
}

function readBeforeTheirCompany(walk: Walk, link: Link, { rules }: ViewSource): readonly RecordRef[] {
  const main = mainPart(link, 'zoho')
  if (rules === null || main === undefined || main.remoteId === null || main.collection === rules.collection) return []
  const company = walk.cache.get({ side: 'zoho', collection: main.collection, remoteId: main.remoteId })
  if (company === undefined) return []
  return link.parts.flatMap(({ side, collection, role, remoteId }) => {
    if (role === 'main' || remoteId === null) return []
    const ref = { side, collection, remoteId }
    const person = walk.cache.get(ref)
    const isOlder = person !== undefined && person.sentAtMonotonicMs < company.sentAtMonotonicMs
    return isOlder && rules.companyOf(person.record) !== main.remoteId ? [ref] : []
  })
}
