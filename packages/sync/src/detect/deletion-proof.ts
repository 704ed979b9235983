import { textAt } from '../mapping/record-fields.ts'
import type { Kind } from '../model/kind.ts'
import { mainPart } from '../model/link.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import type { LinkSubject } from '../plan/input.ts'
import { remoteOf, type Walk } from '../walk.ts'
import { readOrStop } from './call.ts'

/** The feed keeps 120 days, 200 rows a page (zoho-crm.md 3.7). */
const PAGES_LIMIT = 500

/**
 * Which of these links' CRM records are told to be deleted. A record that is only hidden from the signed-in user (a sharing
 * rule, a lost right) reads as gone too, and nothing of the books may be deleted for that.
 */
export async function withDeletionProof(
  walk: Walk,
  kind: Kind,
  subjects: readonly LinkSubject[],
): Promise<readonly LinkSubject[]> {
  const { settings } = walk.connection
  const mayDelete = settings.kinds[kind].xero.delete && walk.mapping(kind).removal !== undefined
  const gone = mayDelete ? subjects.flatMap((subject) => goneInZoho(subject) ?? []) : []
  if (gone.length === 0) return subjects
  const told = await toldAsDeleted(walk, gone)
  const carried = await carriedByOthers(walk, subjects)
  return subjects.map((subject) => {
    const ref = goneInZoho(subject)
    if (ref === null || !told.has(refKey(ref))) return subject
    const partnerId = mainPart(subject.link, 'xero')?.remoteId ?? ''
    return { ...subject, isDeletionTold: true, isMergedAway: carried.has(partnerId) }
  })
}

/**
 * Xero ids that another CRM record carries by now: the one that is gone was merged into it, and Zoho lists whoever lost
 * a merge as deleted (zoho-crm.md 3.7). Its partner is in use.
 */
async function carriedByOthers(walk: Walk, subjects: readonly LinkSubject[]): Promise<ReadonlySet<string>> {
  const carried = new Set<string>()
  const gone = subjects.flatMap((subject) => {
    const ref = goneInZoho(subject)
    const partnerId = mainPart(subject.link, 'xero')?.remoteId ?? null
    return ref === null || partnerId === null ? [] : [{ collection: ref.collection, partnerId }]
  })
  for (const collection of new Set(gone.map((one) => one.collection))) {
    const field = walk.connection.settings.provisioned.xeroId[collection] ?? ''
    const ids = gone.filter((one) => one.collection === collection).map(({ partnerId }) => partnerId)
    if (field === '') continue
    const keys = ids.map((value) => ({ field, value }))
    const found = await readOrStop(walk, () => remoteOf(walk, 'zoho').findByKey(collection, keys))
    for (const { life, fields } of found) if (life === 'live') carried.add(textAt(fields, field))
  }
  return carried
}

function goneInZoho({ link, gone }: LinkSubject): RecordRef | null {
  const part = mainPart(link, 'zoho')
  if (part === undefined || part.remoteId === null) return null
  const ref = { side: part.side, collection: part.collection, remoteId: part.remoteId }
  return gone.some((one) => refKey(one) === refKey(ref)) ? ref : null
}

async function toldAsDeleted(walk: Walk, refs: readonly RecordRef[]): Promise<ReadonlySet<string>> {
  const told = new Set<string>()
  for (const collection of new Set(refs.map((ref) => ref.collection))) {
    const open = new Set(refs.filter((ref) => ref.collection === collection).map((ref) => ref.remoteId))
    for (let page = 1; page <= PAGES_LIMIT && open.size > 0; page += 1) {
      const listed = await readOrStop(walk, () => remoteOf(walk, 'zoho').listDeleted({ collection, since: null, page }))
      for (const { id } of listed.rows)
        if (open.delete(id)) told.add(refKey({ side: 'zoho', collection, remoteId: id }))
      if (!listed.hasMore) break
    }
  }
  return told
}
