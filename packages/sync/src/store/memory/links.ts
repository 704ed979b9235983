import type { Collection, Kind } from '../../model/kind.ts'
import type { Link, LinkPart } from '../../model/link.ts'
import { type LinkEvent, nextLinkState } from '../../model/link-state.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import type { MainId, MainPart, TakenPart } from '../contract.ts'
import { type PartClaim, refOf, takenParts, withPart } from '../rules/taken.ts'
import type { ConnectionTables } from './tables.ts'

export function linkOf(tables: ConnectionTables, linkId: string): Link {
  const link = tables.links.get(linkId)
  if (link === undefined) throw new Error(`No link ${linkId}`)
  return link
}

export function linksByIds(tables: ConnectionTables, ids: readonly string[]): readonly Link[] {
  return [...new Set(ids)].sort().flatMap((id) => tables.links.get(id) ?? [])
}

export function mainIds(tables: ConnectionTables, linkIds: readonly string[]): readonly MainId[] {
  return linksByIds(tables, linkIds).flatMap((link) =>
    link.parts.flatMap(({ side, role, remoteId }) =>
      role === 'main' && remoteId !== null
        ? [{ linkId: link.id, side, remoteId, isDetached: link.state === 'detached' }]
        : [],
    ),
  )
}

export function linksByRefs(tables: ConnectionTables, refs: readonly RecordRef[]): readonly Link[] {
  return linksByIds(
    tables,
    refs.flatMap((ref) => tables.linkOfRef.get(refKey(ref)) ?? []),
  )
}

export function putLink(tables: ConnectionTables, link: Link): void {
  tables.links.set(link.id, link)
  for (const part of link.parts) {
    const ref = refOf(part)
    if (ref !== undefined) tables.linkOfRef.set(refKey(ref), link.id)
  }
}

export function addParts(tables: ConnectionTables, linkId: string, parts: readonly LinkPart[]): void {
  if (parts.length === 0) return
  const link = linkOf(tables, linkId)
  putLink(tables, { ...link, parts: parts.reduce(withPart, link.parts) })
}

export function dropParts(tables: ConnectionTables, linkId: string, refs: readonly RecordRef[]): void {
  const link = tables.links.get(linkId)
  if (link === undefined || refs.length === 0) return
  const dropped = new Set(refs.map(refKey))
  const isDropped = (part: LinkPart) => {
    const ref = refOf(part)
    return ref !== undefined && dropped.has(refKey(ref))
  }
  for (const key of dropped) if (tables.linkOfRef.get(key) === linkId) tables.linkOfRef.delete(key)
  putLink(tables, { ...link, parts: link.parts.filter((part) => !isDropped(part)) })
}

export function takenClaims(tables: ConnectionTables, claims: readonly PartClaim[]): readonly TakenPart[] {
  return takenParts(claims, tables.linkOfRef)
}

export function applyEvent(tables: ConnectionTables, linkId: string, event: LinkEvent | null): void {
  if (event === null) return
  const link = linkOf(tables, linkId)
  putLink(tables, { ...link, state: nextLinkState(link.state, event) })
}

/** Facts now known true of one part; `generation` lifts the link's. */
export function settlePart(
  tables: ConnectionTables,
  linkId: string,
  fact: {
    readonly ref: RecordRef
    readonly shadow: LinkPart['shadow']
    readonly version: string | null
    readonly generation: number
  },
): void {
  const link = linkOf(tables, linkId)
  const key = refKey(fact.ref)
  const parts = link.parts.map((part) => {
    const ref = refOf(part)
    if (ref === undefined || refKey(ref) !== key) return part
    const version = fact.version === 'keep' ? part.version : fact.version
    return { ...part, version, shadow: { ...part.shadow, ...fact.shadow } }
  })
  putLink(tables, { ...link, parts, generation: Math.max(link.generation, fact.generation) })
}

export function liveLinks(tables: ConnectionTables, kind: Kind): readonly Link[] {
  return [...tables.links.values()].filter((link) => link.kind === kind && link.state !== 'tombstoned')
}

export function mainParts(tables: ConnectionTables, kind: Kind, side: Side): readonly MainPart[] {
  return liveLinks(tables, kind).flatMap((link) =>
    link.parts.flatMap(({ side: own, collection, role, remoteId, shadow }) =>
      own === side && role === 'main' && remoteId !== null ? [{ linkId: link.id, collection, remoteId, shadow }] : [],
    ),
  )
}

export function partsOf(
  tables: ConnectionTables,
  side: Side,
  collection: Collection,
): readonly (LinkPart & { readonly remoteId: string })[] {
  return [...tables.links.values()].flatMap((link) =>
    link.state === 'tombstoned'
      ? []
      : link.parts.flatMap((part) =>
          part.side === side && part.collection === collection && part.remoteId !== null
            ? [{ ...part, remoteId: part.remoteId }]
            : [],
        ),
  )
}

/** In the order of their ids, as the database gives them. */
export function partsIn(
  tables: ConnectionTables,
  side: Side,
  collection: Collection,
): readonly { readonly linkId: string; readonly remoteId: string; readonly shadow: LinkPart['shadow'] }[] {
  return [...tables.links.values()]
    .filter(({ state }) => state !== 'tombstoned')
    .flatMap((link) =>
      link.parts.flatMap(({ side: own, collection: place, remoteId, shadow }) =>
        own === side && place === collection && remoteId !== null ? [{ linkId: link.id, remoteId, shadow }] : [],
      ),
    )
    .sort((left, right) => (left.remoteId < right.remoteId ? -1 : 1))
}

export function knownVersions(
  tables: ConnectionTables,
  refs: readonly RecordRef[],
): ReadonlyMap<string, string | null> {
  const versions = new Map<string, string | null>()
  for (const link of linksByRefs(tables, refs)) {
    for (const part of link.parts) {
      const wanted = refs[0]
      if (part.remoteId === null || wanted === undefined) continue
      if (part.side === wanted.side && part.collection === wanted.collection) versions.set(part.remoteId, part.version)
    }
  }
  return versions
}

/** Forgets half links; their records are free from now on. */
export function dissolveLinks(tables: ConnectionTables, ids: readonly string[]): void {
  for (const id of ids) {
    for (const part of linkOf(tables, id).parts) {
      const ref = refOf(part)
      if (ref !== undefined && tables.linkOfRef.get(refKey(ref)) === id) tables.linkOfRef.delete(refKey(ref))
    }
    tables.links.delete(id)
    for (const conflict of [...tables.conflicts.values()])
      if (conflict.linkId === id) tables.conflicts.delete(conflict.id)
  }
}
