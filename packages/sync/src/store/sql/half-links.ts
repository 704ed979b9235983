import type { TakenPart } from '../contract.ts'
import { inTheWay } from '../rules/half-link.ts'
import { type PartClaim, refOf, takenParts } from '../rules/taken.ts'
import { closeHolds, readHolds } from './holds.ts'
import { holdersOf, linksByIds } from './link-rows.ts'
import { deleteLinks } from './link-writes.ts'
import type { Database } from './schema.ts'

export interface Dissolved {
  /** What is still in the way. */
  readonly taken: readonly TakenPart[]
  readonly dissolved: readonly string[]
}

/** Dissolves half links whose record has found its partner in another link, with their holds. */
export async function takenAfterDissolving(
  db: Database,
  connectionId: string,
  claims: readonly PartClaim[],
): Promise<Dissolved> {
  const refs = claims.flatMap(({ part }) => refOf(part) ?? [])
  const taken = takenParts(claims, await holdersOf(db, connectionId, refs))
  if (taken.length === 0) return { taken, dissolved: [] }
  const links = new Map(
    (await linksByIds(db, connectionId, [...new Set(taken.map(({ by }) => by))])).map((link) => [link.id, link]),
  )
  const ids = inTheWay({ taken, claims }, (id) => links.get(id))
  if (ids.length === 0) return { taken, dissolved: [] }
  const holds = (await readHolds(db, { connectionId })).filter(
    (hold) => hold.linkId !== null && ids.includes(hold.linkId),
  )
  await closeHolds(db, connectionId, holds)
  await deleteLinks(db, connectionId, ids)
  return { taken: taken.filter(({ by }) => !ids.includes(by)), dissolved: ids }
}
