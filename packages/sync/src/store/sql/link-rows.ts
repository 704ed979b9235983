import { type RawBuilder, sql } from 'kysely'
import type { Collection, Kind } from '../../model/kind.ts'
import type { Link, LinkPart } from '../../model/link.ts'
import { type RecordRef, refKey } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import type { MainId, MainPart } from '../contract.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

/** A link beside one of its parts, as one joined row; part columns are null for a link without parts. */
interface JoinedRow extends Omit<Link, 'parts'> {
  readonly connectionId: string
  readonly position: number | null
  readonly side: Side
  readonly collection: Collection
  readonly remoteId: string | null
  readonly role: LinkPart['role']
  readonly version: string | null
  readonly shadow: LinkPart['shadow']
}

export type StoredLink = Link & { readonly connectionId: string }

export async function readLinks(db: Database, where: RawBuilder<unknown>): Promise<readonly StoredLink[]> {
  const { rows } = await sql<JoinedRow>`
    select l.id, l.connection_id as "connectionId", l.kind, l.state, l.generation, l.attempts,
      l.next_attempt_at as "nextAttemptAt", l.last_code as "lastCode", l.lines,
      p.position, p.side, p.collection, p.remote_id as "remoteId", p.role, p.version, p.shadow
    from tandem.link as l left join tandem.link_part as p on p.link_id = l.id
    where ${where}`.execute(db)
  return assemble(rows)
}

function assemble(rows: readonly JoinedRow[]): readonly StoredLink[] {
  const byId = new Map<string, { row: JoinedRow; parts: { position: number; part: LinkPart }[] }>()
  for (const row of rows) {
    const entry = byId.get(row.id) ?? { row, parts: [] }
    byId.set(row.id, entry)
    const { position, side, collection, remoteId, role, version, shadow } = row
    if (position !== null) entry.parts.push({ position, part: { side, collection, remoteId, role, version, shadow } })
  }
  const ids = [...byId.keys()].sort()
  return ids.flatMap((id) => {
    const entry = byId.get(id)
    if (entry === undefined) return []
    const { connectionId, kind, state, generation, attempts, nextAttemptAt, lastCode, lines } = entry.row
    const parts = entry.parts.sort((left, right) => left.position - right.position).map(({ part }) => part)
    return [{ id, connectionId, kind, state, generation, attempts, nextAttemptAt, lastCode, lines, parts }]
  })
}

export async function linksByIds(db: Database, connectionId: string, ids: readonly string[]): Promise<readonly Link[]> {
  if (ids.length === 0) return []
  const links = await readLinks(db, sql`l.connection_id || '' = ${connectionId} and l.id = any(${ids}::text[])`)
  return links.map(withoutConnection)
}

export async function linksByRefs(
  db: Database,
  connectionId: string,
  refs: readonly RecordRef[],
): Promise<readonly Link[]> {
  if (refs.length === 0) return []
  const holders = await holdersOf(db, connectionId, refs)
  return linksByIds(db, connectionId, [...new Set(holders.values())])
}

function withoutConnection({ connectionId: _, ...link }: StoredLink): Link {
  return link
}

/** Which link has each of these records: refKey to link id. */
export async function holdersOf(
  db: Database,
  connectionId: string,
  refs: readonly RecordRef[],
): Promise<ReadonlyMap<string, string>> {
  if (refs.length === 0) return new Map()
  const rows = refs.map(({ side, collection, remoteId }) => ({ side, collection, remoteId }))
  const found = await sql<RecordRef & { linkId: string }>`
    select p.side, p.collection, p.remote_id as "remoteId", p.link_id as "linkId"
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as r (side text, collection text, "remoteId" text)
    join tandem.link_part as p on p.connection_id = ${connectionId} and p.side = r.side
      and p.collection = r.collection and p.remote_id = r."remoteId"`.execute(db)
  return new Map(found.rows.map((row) => [refKey(row), row.linkId]))
}

export async function knownVersions(
  db: Database,
  connectionId: string,
  wanted: { readonly side: Side; readonly collection: Collection; readonly remoteIds: readonly string[] },
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ remoteId: string; version: string | null }>`
    select remote_id as "remoteId", version from tandem.link_part
    where connection_id = ${connectionId} and side = ${wanted.side} and collection = ${wanted.collection}
      and remote_id = any(${wanted.remoteIds}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.remoteId, row.version]))
}

export async function countLinks(db: Database, connectionId: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ kind: Kind; count: number }>`
    select kind, count(*) as count from tandem.link
    where connection_id = ${connectionId} and state <> 'tombstoned' group by kind`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]))
}

export async function mainParts(
  db: Database,
  connectionId: string,
  wanted: { readonly kind: Kind; readonly side: Side },
): Promise<readonly MainPart[]> {
  const { rows } = await sql<MainPart>`
    select p.link_id as "linkId", p.collection, p.remote_id as "remoteId", p.shadow
    from tandem.link as l join tandem.link_part as p on p.link_id = l.id
    where l.connection_id = ${connectionId} and l.kind = ${wanted.kind} and l.state <> 'tombstoned'
      and p.side || '' = ${wanted.side} and p.role = 'main' and p.remote_id is not null`.execute(db)
  return rows
}

export async function partsIn(
  db: Database,
  connectionId: string,
  wanted: { readonly side: Side; readonly collection: Collection },
): Promise<readonly { readonly linkId: string; readonly remoteId: string; readonly shadow: LinkPart['shadow'] }[]> {
  const { rows } = await sql<{ linkId: string; remoteId: string; shadow: LinkPart['shadow'] }>`
    select p.link_id as "linkId", p.remote_id as "remoteId", p.shadow
    from tandem.link_part as p join tandem.link as l on l.id = p.link_id
    where p.connection_id = ${connectionId} and p.side = ${wanted.side} and p.collection = ${wanted.collection}
      and p.remote_id is not null and l.state <> 'tombstoned'
    order by p.remote_id`.execute(db)
  return rows
}

export async function mainIds(
  db: Database,
  connectionId: string,
  linkIds: readonly string[],
): Promise<readonly MainId[]> {
  if (linkIds.length === 0) return []
  const { rows } = await sql<MainId>`
    select p.link_id as "linkId", p.side, p.remote_id as "remoteId", l.state = 'detached' as "isDetached"
    from tandem.link_part as p join tandem.link as l on l.id = p.link_id
    where p.connection_id || '' = ${connectionId} and p.link_id = any(${linkIds}::text[]) and p.role = 'main'
      and p.remote_id is not null order by p.link_id, p.side`.execute(db)
  return rows
}
