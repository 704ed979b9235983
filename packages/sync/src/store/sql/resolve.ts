import { sql } from 'kysely'
import type { Link } from '../../model/link.ts'
import { LINK_TRANSITIONS, nextLinkState } from '../../model/link-state.ts'
import type { RecordRef } from '../../model/record.ts'
import type { NewMark, ReportStore, Resolution } from '../contract.ts'
import type { ConflictRow, HoldRow } from '../rules/inbox-row.ts'
import { type HoldEffect, reasonOf, resolveHold } from '../rules/resolve.ts'
import { type PartClaim, refOf, takenParts } from '../rules/taken.ts'
import { generationOf } from './chunk.ts'
import { lockConnection } from './fence.ts'
import { takenAfterDissolving } from './half-links.ts'
import { closeHolds, holdOf } from './holds.ts'
import { holdersOf, linksByIds } from './link-rows.ts'
import { insertLinks, putParts, updateLinks } from './link-writes.ts'
import { putMarks, type Stamp } from './marks.ts'
import type { Database } from './schema.ts'

export type ResolveAnswer = Awaited<ReturnType<ReportStore['resolve']>>

export interface ResolveContext {
  readonly tx: Database
  readonly connectionId: string
  readonly stamp: Stamp
}

/** A person's decision in one transaction, apart from the lane's; a double click decides once. */
export async function resolveItem(
  context: ResolveContext,
  itemId: string,
  resolution: Resolution,
): Promise<ResolveAnswer> {
  await lockConnection(context.tx, context.connectionId)
  const hold = await holdOf(context.tx, context.connectionId, itemId)
  if (hold !== undefined) return settleHold(context, hold, resolution)
  const { rows } = await sql<Pick<ConflictRow, 'id' | 'linkId' | 'kind'>>`
    select id, link_id as "linkId", kind from tandem.conflict
    where connection_id = ${context.connectionId} and id = ${itemId} and state = 'open'`.execute(context.tx)
  const conflict = rows[0]
  return conflict === undefined ? 'unknownItem' : settleConflict(context, conflict, resolution)
}

async function settleHold(context: ResolveContext, hold: HoldRow, resolution: Resolution): Promise<ResolveAnswer> {
  const { tx, connectionId, stamp } = context
  const link = hold.linkId === null ? null : await linkOf(context, hold.linkId)
  const settings = await tx
    .selectFrom('tandem.connection')
    .select('settings')
    .where('id', '=', connectionId)
    .executeTakeFirst()
  const customerModel = settings?.settings.customerModel ?? 'accountsWithPersons'
  const effect = resolveHold(hold, link, { resolution, customerModel })
  if (effect.type === 'notPossible') return 'notPossible'
  const linkId = link?.id ?? stamp.chance.uuid()
  const claims = effect.parts.map((part) => ({ linkId, part }))
  if ((await takenBy(context, claims, resolution)).length > 0) return 'notPossible'
  if (effect.marks === 'drop') await dropMarks(context, hold)
  await closeHolds(tx, connectionId, [hold])
  await applyToLink(context, effect, { linkId, hold })
  if (effect.marks !== 'drop') {
    await markAgain(context, effect.refs, { kind: hold.kind, reason: reasonOf(effect) })
  }
  return 'resolved'
}

/** Joining two records dissolves the half link that one of them waits in. */
async function takenBy({ tx, connectionId }: ResolveContext, claims: readonly PartClaim[], resolution: Resolution) {
  if (resolution.type === 'link') return (await takenAfterDissolving(tx, connectionId, claims)).taken
  const refs = claims.flatMap(({ part }) => refOf(part) ?? [])
  return takenParts(claims, await holdersOf(tx, connectionId, refs))
}

async function linkOf({ tx, connectionId }: ResolveContext, linkId: string): Promise<Link | null> {
  return (await linksByIds(tx, connectionId, [linkId]))[0] ?? null
}

async function dropMarks({ tx, connectionId }: ResolveContext, hold: HoldRow): Promise<void> {
  await sql`
    delete from tandem.dirty where connection_id = ${connectionId} and owner_hold = ${hold.id}`.execute(tx)
}

async function applyToLink(
  { tx, connectionId }: ResolveContext,
  effect: Extract<HoldEffect, { type: 'apply' }>,
  subject: { readonly linkId: string; readonly hold: HoldRow },
): Promise<void> {
  const { linkId: id, hold } = subject
  const { link, parts, event } = effect
  if (link === null && parts.length === 0) return
  const before = link?.state ?? 'pendingMatch'
  const state = event === null ? before : nextLinkState(before, event)
  const blank = { attempts: 0, nextAttemptAt: null, lastCode: null }
  if (link === null) {
    const generation = await generationOf(tx, connectionId)
    await insertLinks(tx, connectionId, [{ id, kind: hold.kind, state, lastCode: null, lines: [], generation }])
  } else {
    await updateLinks(tx, [{ id, state, ...blank, lines: null }])
  }
  await putParts(
    tx,
    connectionId,
    parts.map((part) => ({ linkId: id, part })),
  )
}

async function settleConflict(
  context: ResolveContext,
  conflict: Pick<ConflictRow, 'id' | 'linkId' | 'kind'>,
  resolution: Resolution,
): Promise<ResolveAnswer> {
  const { tx } = context
  const link = await linkOf(context, conflict.linkId)
  if (link === null) return 'unknownItem'
  if (resolution.type === 'choose') {
    await sql`
      update tandem.conflict set winner = ${resolution.side}, state = 'chosen' where id = ${conflict.id}`.execute(tx)
    const refs = link.parts.flatMap((part) => refOf(part) ?? [])
    await markAgain(context, refs, { kind: conflict.kind, reason: 'person' })
    return 'resolved'
  }
  if (resolution.type !== 'detach' || LINK_TRANSITIONS[link.state].detachedByPerson === 'Refused') return 'notPossible'
  await sql`
    update tandem.conflict set state = 'closed' where link_id = ${link.id} and state <> 'closed'`.execute(tx)
  const { id, attempts, nextAttemptAt, lastCode } = link
  const state = nextLinkState(link.state, 'detachedByPerson')
  await updateLinks(tx, [{ id, state, attempts, nextAttemptAt, lastCode, lines: null }])
  return 'resolved'
}

async function markAgain(
  { tx, connectionId, stamp }: ResolveContext,
  refs: readonly RecordRef[],
  wish: Pick<NewMark, 'kind' | 'reason'>,
): Promise<void> {
  const marks = refs.map((ref): NewMark => ({ ...ref, ...wish, dueAt: stamp.now }))
  await putMarks(tx, connectionId, { marks, stamp })
}
