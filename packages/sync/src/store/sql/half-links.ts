import { inTheWay } from '../rules/half-link.ts'
import { type PartClaim, refOf, takenParts } from '../rules/taken.ts'
import { closeHolds, readHolds } from './holds.ts'
import { holdersOf, linksByIds } from './link-rows.ts'
import { deleteLinks } from './link-writes.ts'
import type { Database } from './schema.ts'

/** Half links whose record has found its partner in another link, with their holds. Answers what is still in the way. */
export async function takenAfterDissolving(db: Database, connectionId: string, claims: readonly PartClaim[]) {
  const refs = claims.flatMap(({ part }) => refOf(part) ?? [])
  const taken = takenParts(claims, await holdersOf(db, connectionId, refs))
  if (taken.length === 0) return taken
  const links = new Map(
    (await linksByIds(db, connectionId, [...new Set(taken.map(({ by }) => by))])).map((link) => [link.id, link]),
  )
  const ids = inTheWay(taken, (id) => links.get(id))
  if (ids.length === 0) return taken
  const holds = (await readHolds(db, { connectionId })).filter(
    (hold) => hold.linkId !== null && ids.includes(hold.linkId),
  )
  await closeHolds(db, connectionId, holds)
  await deleteLinks(db, connectionId, ids)
  return taken.filter(({ by }) => !ids.includes(by))
}
