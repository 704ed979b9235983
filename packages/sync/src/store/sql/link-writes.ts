import { sql } from 'kysely'
import type { Kind } from '../../model/kind.ts'
import type { Link, LinkPart } from '../../model/link.ts'
import type { LinkChange } from '../../model/plan.ts'
import type { RecordRef } from '../../model/record.ts'
import type { PartClaim } from '../rules/taken.ts'
import { safeJson } from './safe-json.ts'
import type { Database } from './schema.ts'

export interface LinkInsert extends Pick<Link, 'id' | 'kind' | 'state' | 'lastCode' | 'lines'> {
  readonly generation: number
}

/** Ids are deterministic: a link that is there already stays as it is. */
export async function insertLinks(db: Database, connectionId: string, links: readonly LinkInsert[]): Promise<void> {
  if (links.length === 0) return
  await sql`
    insert into tandem.link (id, connection_id, kind, state, generation, last_code, lines)
    select l.id, ${connectionId}::text, l.kind, l.state, l.generation, l."lastCode", l.lines
    from jsonb_to_recordset(${safeJson(links)}::jsonb) as l
      (id text, kind text, state text, generation integer, "lastCode" text, lines jsonb)
    on conflict (id) do nothing`.execute(db)
}

/** `lines` null leaves the pairs as they are. */
export type LinkUpdate = Pick<Link, 'id' | 'state' | 'attempts' | 'nextAttemptAt' | 'lastCode'> & {
  readonly lines: Link['lines'] | null
}

export async function updateLinks(db: Database, links: readonly LinkUpdate[]): Promise<void> {
  if (links.length === 0) return
  await sql`
    update tandem.link as l set state = u.state, attempts = u.attempts, next_attempt_at = u."nextAttemptAt",
      last_code = u."lastCode", lines = coalesce(nullif(u.lines, 'null'::jsonb), l.lines)
    from jsonb_to_recordset(${safeJson(links)}::jsonb) as u
      (id text, state text, attempts integer, "nextAttemptAt" bigint, "lastCode" text, lines jsonb)
    where l.id = u.id`.execute(db)
}

export async function raiseGenerations(
  db: Database,
  links: readonly { readonly id: string; readonly generation: number }[],
): Promise<void> {
  if (links.length === 0) return
  await sql`
    update tandem.link as l set generation = u.generation
    from jsonb_to_recordset(${safeJson(links)}::jsonb) as u (id text, generation integer)
    where l.id = u.id and l.generation < u.generation`.execute(db)
}

/** Fills empty places, renews parts that are there, adds the others (rules/taken.ts says the same in code). */
export async function putParts(db: Database, connectionId: string, claims: readonly PartClaim[]): Promise<void> {
  if (claims.length === 0) return
  const filled = await fillPlaces(db, connectionId, firstOfEachPlace(claims))
  await insertParts(
    db,
    connectionId,
    claims.filter((claim) => !filled.has(claim.part.remoteId ?? '')),
  )
}

/** Answers the remote ids that went into a place. A record that the link has already leaves the place empty. */
async function fillPlaces(
  db: Database,
  connectionId: string,
  claims: readonly PartClaim[],
): Promise<ReadonlySet<string>> {
  const rows = safeJson(claims.map(({ linkId, part }) => ({ ...part, linkId })))
  const filled = await sql<{ remoteId: string }>`
    update tandem.link_part as p set remote_id = n."remoteId", version = n.version, shadow = p.shadow || n.shadow
    from jsonb_to_recordset(${rows}::jsonb) as n ("linkId" text, side text, collection text, "remoteId" text,
      role text, version text, shadow jsonb)
    where n."remoteId" is not null and p.remote_id is null and p.link_id = n."linkId"
      and p.side = n.side and p.collection = n.collection and p.role = n.role
      and (select count(*) from tandem.link_part as q where q.remote_id = n."remoteId"
        and q.connection_id = ${connectionId} and q.side = n.side and q.collection = n.collection) = 0
    returning p.remote_id as "remoteId"`.execute(db)
  return new Set(filled.rows.map((row) => row.remoteId))
}

/** One record per place: a statement updates a row once only. */
function firstOfEachPlace(claims: readonly PartClaim[]): readonly PartClaim[] {
  const byPlace = new Map<string, PartClaim>()
  for (const claim of claims) {
    const { side, collection, role, remoteId } = claim.part
    const key = `${claim.linkId} ${side}/${collection}/${role}`
    if (remoteId !== null && !byPlace.has(key)) byPlace.set(key, claim)
  }
  return [...byPlace.values()]
}

/** For links that are new in this very transaction: there are no places to fill. */
export async function insertParts(db: Database, connectionId: string, claims: readonly PartClaim[]): Promise<void> {
  const records = claims.filter(({ part }) => part.remoteId !== null)
  const places = claims.filter(({ part }) => part.remoteId === null)
  if (records.length > 0) {
    await sql`
      ${insertSelect(connectionId, lastOfEach(records))}
      on conflict (remote_id, connection_id, side, collection) where remote_id is not null do update set
        role = excluded.role, version = excluded.version, shadow = part.shadow || excluded.shadow
        where part.link_id = excluded.link_id`.execute(db)
  }
  if (places.length > 0) await sql`${insertSelect(connectionId, places)} on conflict do nothing`.execute(db)
}

function insertSelect(connectionId: string, claims: readonly PartClaim[]) {
  const rows = claims.map(({ linkId, part }) => ({ ...part, linkId }))
  return sql`
    insert into tandem.link_part as part (connection_id, link_id, side, collection, remote_id, role, version, shadow)
    select ${connectionId}::text, n."linkId", n.side, n.collection, n."remoteId", n.role, n.version, n.shadow
    from jsonb_to_recordset(${safeJson(rows)}::jsonb) as n ("linkId" text, side text, collection text,
      "remoteId" text, role text, version text, shadow jsonb)`
}

/** A record named twice in one statement would fail: the last one stands. */
function lastOfEach(claims: readonly PartClaim[]): readonly PartClaim[] {
  const byRef = new Map(
    claims.map((claim) => [`${claim.part.side}/${claim.part.collection}/${claim.part.remoteId}`, claim]),
  )
  return byRef.size === claims.length ? claims : [...byRef.values()]
}

export interface PartFact {
  readonly linkId: string
  readonly ref: RecordRef
  readonly shadow: LinkPart['shadow']
  /** `keep`, null or a text (VERSION RULE). */
  readonly version: string | null
}

/** Merges shadow fields and sets versions; several facts of one part become one, in their order. */
export async function settleParts(db: Database, connectionId: string, facts: readonly PartFact[]): Promise<void> {
  if (facts.length === 0) return
  await sql`
    update tandem.link_part as p set shadow = p.shadow || f.shadow,
      version = case when f.version = 'keep' then p.version else f.version end
    from jsonb_to_recordset(${safeJson(mergedFacts(facts))}::jsonb) as f
      ("linkId" text, side text, collection text, "remoteId" text, shadow jsonb, version text)
    where p.connection_id = ${connectionId} and p.side = f.side and p.collection = f.collection
      and p.remote_id = f."remoteId" and p.link_id = f."linkId"`.execute(db)
}

function mergedFacts(facts: readonly PartFact[]): readonly object[] {
  const byRef = new Map<string, RecordRef & Omit<PartFact, 'ref'>>()
  for (const { linkId, ref, shadow, version } of facts) {
    const { side, collection, remoteId } = ref
    const key = `${linkId} ${side}/${collection}/${remoteId}`
    const old = byRef.get(key)
    const stands = version === 'keep' && old !== undefined ? old.version : version
    byRef.set(key, { linkId, side, collection, remoteId, shadow: { ...old?.shadow, ...shadow }, version: stands })
  }
  return [...byRef.values()]
}

export interface LinkState {
  readonly id: string
  readonly kind: Kind
  readonly state: Link['state']
  readonly attempts: number
  readonly nextAttemptAt: number | null
  readonly lastCode: string | null
}

/**
 * Nobody sets one of these apart until the transaction is over. The concatenation keeps the planner from walking all links
 * of the connection while it has no statistics.
 */
export async function lockedLinks(
  db: Database,
  connectionId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LinkState>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<LinkState>`
    select id, kind, state, attempts, next_attempt_at as "nextAttemptAt", last_code as "lastCode" from tandem.link
    where connection_id || '' = ${connectionId} and id = any(${ids}::text[]) order by id for update`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Forgets links with their parts and conflicts; their records are free from now on. */
export async function deleteLinks(db: Database, connectionId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  for (const table of ['conflict', 'link_part'] as const) {
    await sql`delete from ${sql.table(`tandem.${table}`)}
      where connection_id = ${connectionId} and link_id = any(${ids}::text[])`.execute(db)
  }
  await sql`delete from tandem.link where connection_id = ${connectionId} and id = any(${ids}::text[])`.execute(db)
}

export async function dropParts(db: Database, connectionId: string, changes: readonly LinkChange[]): Promise<void> {
  const rows = changes.flatMap(({ linkId, dropParts: refs }) => (refs ?? []).map((ref) => ({ ...ref, linkId })))
  if (rows.length === 0) return
  await sql`
    delete from tandem.link_part as p
    using jsonb_to_recordset(${safeJson(rows)}::jsonb) as d (side text, collection text, "remoteId" text, "linkId" text)
    where p.connection_id = ${connectionId} and p.link_id = d."linkId" and p.side = d.side
      and p.collection = d.collection and p.remote_id = d."remoteId"`.execute(db)
}
