import { hasEnded, REMOVAL_KINDS, type RemovalKind } from '../rig/oracle-removal.ts'
import { type BothStates, readStates } from '../rig/oracle-state.ts'
import { bare, holds } from './edit-ledger.ts'
import { ROUND_TRIP_MS } from './gap-watch.ts'
import { documentsOf } from './people/removals.ts'
import { isBackSince } from './removal-book.ts'
import { textAt } from './sight.ts'
import { type Violation, violation } from './violation.ts'
import type { Call } from './wire.ts'
import { CONNECTION_ID, type Weather, type World } from './world.ts'

/**
 * Looks at each delete of ours as the remote carries it out: somebody must have deleted the partner, agreed where money
 * or a customer knows of it, and nothing that a person typed and the other side has not seen may go along (R12c, I3).
 */
export interface RemovalWatch extends Pick<Weather, 'beforeApply' | 'afterApply'> {
  /** A call has left us, whether or not it ever arrives. */
  sent(call: Call): void
  faults(): readonly Violation[]
}

export function createRemovalWatch(world: World): RemovalWatch {
  const before = new Map<number, BothStates>()
  const firstSentAt = new Map<string, number>()
  const faults: Violation[] = []
  return {
    faults: () => faults,
    sent(call) {
      if (!isEnding(call)) return
      const bytes = bytesOf(call)
      if (call.sentAtMs - (firstSentAt.get(bytes) ?? Number.NEGATIVE_INFINITY) > REPEATED_MS)
        firstSentAt.set(bytes, call.sentAtMs)
    },
    async beforeApply(call) {
      if (isEnding(call)) before.set(call.number, await readStates(world.company))
    },
    async afterApply(call, isLate) {
      const was = before.get(call.number)
      if (was === undefined) return
      before.delete(call.number)
      const is = await readStates(world.company)
      const { settings } = await world.connection()
      for (const ended of endedBetween(was, is, call)) {
        // As when a person deletes it: its documents' versions do not move.
        if (ended.side === 'zoho') for (const id of documentsOf(was, ended.id)) world.blind.add(id)
        const linked = await linkedTo(world, ended.id)
        const at = { world, isLate, was, settings, linked, sentAtMs: firstSentAt.get(bytesOf(call)) ?? call.sentAtMs }
        const texts = ended.side === 'xero' ? faultsInXero(ended, at) : faultsInZoho(ended, at)
        const lost = isLate ? [] : lostEdits(ended, at)
        for (const text of [...texts, ...lost])
          faults.push(violation('I3', `call ${call.number} ended ${ended.kind.name} ${ended.id}: ${text}`, [ended.id]))
      }
    },
  }
}

/** Bodies that put a record away (xero.md 4), and Zoho's way of deleting. */
const ENDING = /"(Contact)?Status":"(VOIDED|DELETED|ARCHIVED)"/

function isEnding({ isWrite, request }: Call): boolean {
  return isWrite && (request.method === 'DELETE' || ENDING.test(request.body ?? ''))
}

interface Ended {
  readonly side: 'zoho' | 'xero'
  readonly kind: RemovalKind
  readonly id: string
  /** Of the other side; '' where the CRM record names none. */
  readonly partnerId: string
}

interface At {
  readonly world: World
  /** When this call was first sent. */
  readonly sentAtMs: number
  readonly isLate: boolean
  readonly was: BothStates
  readonly settings: Awaited<ReturnType<World['connection']>>['settings']
  /** CRM records of the link that the delete is of: of a new one the CRM may not show the Xero ID yet. */
  readonly linked: readonly string[]
}

/** A call without an answer is sent once more as it was, for this long (design section 4): what was typed since is too late for it. */
const REPEATED_MS = 4 * 60_000

const bytesOf = ({ request, target }: Call) => `${request.method} ${target} ${request.body ?? ''}`

async function linkedTo({ store }: World, remoteId: string): Promise<readonly string[]> {
  for (const plan of await store.reports.plans(CONNECTION_ID)) {
    const op = (await store.reports.planOps(plan.id)).find((one) => one.verb === 'delete' && one.remoteId === remoteId)
    const link = op === undefined ? undefined : await store.reports.link(op.linkId)
    if (link !== undefined) return link.parts.flatMap((part) => part.remoteId ?? [])
  }
  return []
}

function endedBetween(was: BothStates, is: BothStates, call: Call): readonly Ended[] {
  const { side } = call
  // What a person ends in the same moment is not named by it.
  const isNamed = ({ id }: { readonly id: string }) => bytesOf(call).includes(id)
  return REMOVAL_KINDS.flatMap((kind): readonly Ended[] => {
    if (side === 'xero')
      return kind
        .idsInXero(was.xero)
        .filter((id) => !hasEnded(kind, was.xero, id) && hasEnded(kind, is.xero, id))
        .map((id) => ({ side, kind, id, partnerId: '' }))
    const left = new Set(is.zoho.records[kind.module].map((one) => one.id))
    return was.zoho.records[kind.module]
      .filter((one) => !left.has(one.id))
      .map((one) => ({ side, kind, id: one.id, partnerId: one.Xero_ID }))
  }).filter(isNamed)
}

function faultsInXero({ kind, id }: Ended, { world, sentAtMs, isLate, was, settings, linked }: At): readonly string[] {
  const sinceMs = sentAtMs - ROUND_TRIP_MS
  const live = was.zoho.records[kind.module].filter((one) => one.Xero_ID === id)
  const isInUse = live.some((one) => !isBackSince(world.removals, one.id, sinceMs))
  return [
    ...(settings.kinds[kind.name].xero.delete ? [] : ['nobody has switched deletes on']),
    ...(isInUse && !isLate ? ['its record stands in the CRM'] : []),
    ...(live.length > 0 || isDeleted(was, linked, { kind, id }) ? [] : ['no record of it was deleted in the CRM']),
    ...(kind.needsConsent(was.xero, id) && !world.removals.agreed.has(id) ? ['nobody has agreed'] : []),
  ]
}

function faultsInZoho(
  { kind, partnerId }: Ended,
  { world, sentAtMs, isLate, was, settings, linked }: At,
): readonly string[] {
  const isMayDelete = settings.kinds[kind.name].zoho.delete && settings.deletedInXero === 'recycle'
  const partners = kind.idsInXero(was.xero).filter((one) => one === partnerId || linked.includes(one))
  const inUse = partners.filter((one) => !hasEnded(kind, was.xero, one))
  const isBack = inUse.every((one) => isBackSince(world.removals, one, sentAtMs - ROUND_TRIP_MS))
  return [
    ...(isMayDelete ? [] : ['nobody has switched that on']),
    ...(isBack || isLate ? [] : [`${inUse.join()} is in use in Xero`]),
  ]
}

function isDeleted(
  was: BothStates,
  linked: readonly string[],
  of: { readonly kind: RemovalKind; readonly id: string },
) {
  return binnedOf(was, of).length > 0 || was.zoho.deleted.some(({ record }) => linked.includes(record.id))
}

function binnedOf({ zoho }: BothStates, { kind, id }: { readonly kind: RemovalKind; readonly id: string }) {
  return zoho.deleted.filter(({ module, record }) => module === kind.module && record.values.Xero_ID === id)
}

/** What people had typed there before we looked, that stood there still, and that its partner does not show. */
function lostEdits(ended: Ended, { world, sentAtMs, was, linked }: At): readonly string[] {
  const { side, id, partnerId, kind } = ended
  const partner = bare(
    side === 'xero'
      ? JSON.stringify([
          binnedOf(was, { kind, id }),
          was.zoho.deleted.filter(({ record }) => linked.includes(record.id)),
        ])
      : JSON.stringify([partnerId, ...linked].map((one) => kind.shownInXero(was.xero, one))),
  )
  return (
    world.ledger
      .edits()
      .filter((edit) => edit.side === side && edit.place.id === id)
      .filter((edit) => edit.place.kind === kind.name && edit.place.field !== 'email')
      // Who has agreed to the delete could see what had been typed by then.
      .filter((edit) => edit.atMs > (world.removals.agreed.get(id) ?? Number.NEGATIVE_INFINITY))
      .filter((edit) => edit.atMs < sentAtMs - ROUND_TRIP_MS && !world.ledger.isReplaced(edit))
      .filter((edit) => holds(bare(textAt(was, edit) ?? ''), edit) && !holds(partner, edit))
      .map((edit) => `edit ${edit.number} (${edit.place.field} ${edit.needles[0] ?? ''}) went along, unseen`)
  )
}
