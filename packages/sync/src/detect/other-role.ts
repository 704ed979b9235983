import type { MappingContext, SideView } from '../mapping/contract.ts'
import { isParty, type Kind, otherPartyOf, type PartyKind } from '../model/kind.ts'
import { type Link, mainPart } from '../model/link.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import type { Candidate } from '../plan/input.ts'
import type { Walk } from '../walk.ts'
import { baseContext, NO_ITEMS } from './context.ts'
import { readFresh } from './read-fresh.ts'
import { createViewSource, viewOf } from './view-source.ts'

/** Companies whose people are asked for. */
const ASKED_LIMIT = 40
/** Links per statement. */
const LINKS_PAGE = 5_000

/** What the records of the other role are known by whose Xero contact is on its way. */
export type OtherRole = () => Promise<ReadonlySet<string>>

/** Read when it is first asked for, and once for all chunks of a kind: while one role is planned, the other stands still. */
export function otherRoleOf(walk: Walk, kind: Kind): OtherRole {
  let keys: ReturnType<OtherRole> | undefined
  return () => {
    keys ??= readKeys(walk, kind)
    return keys
  }
}

async function readKeys(walk: Walk, kind: Kind): Promise<ReadonlySet<string>> {
  if (!isParty(kind)) return new Set()
  const other = otherPartyOf(kind)
  return walk.connection.settings.kinds[other].isOn ? pendingKeys(walk, other) : new Set()
}

/**
 * New companies and vendors of the CRM that may be one business with one of the other role whose Xero contact is being
 * made: neither is in Xero yet to be found there, so that each would be given a contact of its own (I2). By `refKey`.
 */
export async function waitingForOtherRole(
  walk: Walk,
  kind: Kind,
  of: { readonly candidates: readonly Candidate[]; readonly otherRole: OtherRole },
): Promise<ReadonlySet<string>> {
  const fresh = of.candidates.filter(({ main }) => main.side === 'zoho')
  if (!isParty(kind) || fresh.length === 0) return new Set()
  const pending = await of.otherRole()
  if (pending.size === 0) return new Set()
  const context = baseContext(walk, NO_ITEMS)
  const isLike = ({ view }: Candidate) => keysOf(walk, kind, { view, context }).some((key) => pending.has(key))
  const refs = fresh
    .filter(isLike)
    .map(({ main: { side, collection, id: remoteId } }) => ({ side, collection, remoteId }))
  return new Set(refs.map(refKey))
}

/** What the records of this kind are known by whose Xero contact is on its way. */
async function pendingKeys(walk: Walk, kind: PartyKind): Promise<ReadonlySet<string>> {
  const links = await beingMade(walk, kind)
  const refs = links.flatMap((link): RecordRef[] => {
    const part = mainPart(link, 'zoho')
    if (part === undefined || part.remoteId === null) return []
    return [{ side: 'zoho', collection: part.collection, remoteId: part.remoteId }]
  })
  if (refs.length === 0) return new Set()
  await readFresh(walk, refs, () => false)
  const context = baseContext(walk, NO_ITEMS)
  // So many are those of a first sync, which has listed everybody.
  const isWhole = () => refs.length > ASKED_LIMIT
  const source = createViewSource(walk, { rules: walk.mapping(kind).persons, context, isWhole })
  await source.loadPersons(
    refs.map(({ remoteId }) => remoteId),
    'zoho',
  )
  const views = refs.flatMap((ref) => walk.cache.get(ref)?.record ?? []).map((record) => viewOf(record, source))
  return new Set(views.flatMap((view) => keysOf(walk, kind, { view, context })))
}

/**
 * Companies are planned first: a vendor waits for every one that is under way, a company for those vendors of whom the
 * answer is still to come. So the two never wait for each other.
 */
async function beingMade(walk: Walk, kind: PartyKind): Promise<readonly Link[]> {
  if (kind === 'vendor' && !(await isAnyUnanswered(walk, kind))) return []
  const partnered = new Set((await walk.lane.mainParts(kind, 'xero')).map(({ linkId }) => linkId))
  const half = (await walk.lane.mainParts(kind, 'zoho')).map(({ linkId }) => linkId).filter((id) => !partnered.has(id))
  const links: Link[] = []
  for (let at = 0; at < half.length; at += LINKS_PAGE)
    links.push(...(await creating(walk, half.slice(at, at + LINKS_PAGE))))
  if (kind === 'contact') return links
  const unsettled = await walk.lane.unsettledLinks(links.map(({ id }) => id))
  return links.filter(({ id }) => unsettled.has(id))
}

async function isAnyUnanswered(walk: Walk, kind: PartyKind): Promise<boolean> {
  return (await walk.lane.unsettledCreates()).some((create) => create.kind === kind && create.side === 'xero')
}

async function creating(walk: Walk, ids: readonly string[]): Promise<readonly Link[]> {
  return (await walk.lane.linksByIds(ids)).filter(({ state }) => state === 'creating')
}

/** The mailbox, the business numbers, and the name: what joins two of them, or what a person is asked about. */
function keysOf(
  walk: Walk,
  kind: PartyKind,
  { view, context }: { readonly view: SideView; readonly context: MappingContext },
): readonly string[] {
  const { matchKeys, suggestKeys } = walk.mapping(kind)
  return [...matchKeys(view, context), ...suggestKeys(view, context).filter((key) => key.startsWith('name:'))]
}
