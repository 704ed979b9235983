import { type Asking, answeredContext } from './detect/answers.ts'
import { baseContext, linkedContext, NO_ITEMS } from './detect/context.ts'
import { withDeletionProof } from './detect/deletion-proof.ts'
import { type Gathered, gather } from './detect/gather.ts'
import { withGoneParents } from './detect/gone-parents.ts'
import { type OtherRole, waitingForOtherRole } from './detect/other-role.ts'
import { lookedUpPools, possiblePartners } from './detect/pools.ts'
import { withSurvivingMains } from './detect/survivors.ts'
import { recoveredLinks, withTasks } from './detect/tasks.ts'
import type { Thing } from './detect/things.ts'
import type { ViewSource } from './detect/view-source.ts'
import { furtherLinkIds, linkIdFor } from './link-ids.ts'
import type { Kind } from './model/kind.ts'
import { dealParts, type Link, mainPart, memberParts } from './model/link.ts'
import type { PlanChunk } from './model/plan.ts'
import { refKey } from './model/record.ts'
import type { Side } from './model/side.ts'
import type { MatchPools, PlanInput } from './plan/input.ts'
import { planChunk } from './plan/plan-chunk.ts'
import type { Walk } from './walk.ts'

interface Chunk {
  readonly planId: string
  readonly things: readonly Thing[]
  /** Links with something in the inbox. */
  readonly waiting: ReadonlySet<string>
  readonly source: ViewSource
  readonly whole: MatchPools | null
  readonly unsettledCreates: PlanInput['unsettledCreates']
  readonly otherRole: OtherRole
  readonly counter: number
}

export interface Drawn {
  readonly gathered: Gathered
  readonly planned: PlanChunk
}

/**
 * Reads both sides of these things and plans them. Where that would make a person of a company that stands, the company's
 * people are read and all is planned anew: one whose create had no answer may be there under a key that the person in
 * Xero has no more, since it follows name and mailbox (I2).
 */
export async function drawUp(walk: Walk, kind: Kind, of: Chunk): Promise<Drawn> {
  const first = await drawUpOnce(walk, kind, of)
  const companies = companiesOfNewPeople(first, of.source)
  if (companies.length === 0) return first
  await of.source.loadPersons(companies, 'zoho')
  return drawUpOnce(walk, kind, of)
}

/** Companies whose people nobody has asked for, and who are to get one more. */
function companiesOfNewPeople({ gathered, planned }: Drawn, source: ViewSource): readonly string[] {
  const makers = new Set(
    planned.ops
      .filter(
        ({ side, verb, role }) => side === 'zoho' && verb === 'create' && (role === 'person' || role === 'primary'),
      )
      .map(({ linkId }) => linkId),
  )
  const companies = gathered.subjects.flatMap(({ link, zoho }) => (makers.has(link.id) ? (zoho.main?.id ?? []) : []))
  return companies.filter((id) => !source.isAsked(id))
}

async function drawUpOnce(walk: Walk, kind: Kind, of: Chunk): Promise<Drawn> {
  const read = await gather(walk, kind, of)
  const proven = await withDeletionProof(walk, kind, read.subjects)
  const given = { subjects: proven, source: of.source }
  const surviving = await withSurvivingMains(walk, walk.mapping(kind), given)
  const tasks = { subjects: surviving, recovered: recoveredLinks(of.things) }
  const gathered = { ...read, subjects: await withTasks(walk, kind, tasks) }
  const views = [
    ...gathered.candidates.map((candidate) => candidate.view),
    ...gathered.subjects.flatMap((subject) => [subject.zoho, subject.xero]),
  ]
  const pools = of.whole ?? (await lookedUpPools(walk, kind, { candidates: gathered.candidates, source: of.source }))
  const partners = await possiblePartners(walk, kind, { candidates: gathered.candidates, pools })
  const linked = await linkedContext(walk, kind, { views: [...views, ...partners], base: of.source.context })
  const context = await answeredContext(walk, kind, { asking: askingOf(gathered), context: linked })
  const quoted = quotedLinks(walk, kind, gathered)
  const further = await furtherLinkIds(walk, gathered.candidates)
  const input: PlanInput = {
    planId: of.planId,
    kind,
    mode: walk.request.scope.mode,
    generation: walk.connection.generation,
    mapping: walk.mapping(kind),
    context,
    subjects: gathered.subjects,
    candidates: gathered.candidates,
    pools,
    unsettledLinkIds: await walk.lane.unsettledLinks([
      ...of.things.flatMap((thing) => thing.link?.id ?? []),
      ...gathered.dealLinkIds,
      ...quoted,
    ]),
    wholeLinkIds: await wholeLinks(walk, quoted),
    unsettledCreates: of.unsettledCreates,
    waitingForOtherRole: await waitingForOtherRole(walk, kind, {
      candidates: gathered.candidates,
      otherRole: of.otherRole,
    }),
    withGoneParents: await withGoneParents(walk, kind, gathered.candidates),
    fingerprint: walk.fingerprint,
    linkIdFor: (ref) => further.get(refKey(ref)) ?? linkIdFor(walk, ref),
    isSettledVersion: (record) => walk.cache.isSettledVersion(record),
    ourZohoUserId: walk.reference.zoho.userId,
  }
  return { gathered, planned: planChunk(input, of.counter) }
}

function askingOf({ candidates, subjects }: Gathered): readonly Asking[] {
  return [
    ...candidates.map(({ view }) => ({ view, partner: null })),
    ...subjects.map(({ zoho, xero }) => ({ view: zoho, partner: xero })),
  ]
}

/** Links that unlinked records quote as theirs. */
function quotedLinks(walk: Walk, kind: Kind, { candidates }: Gathered): readonly string[] {
  const quoted = candidates.flatMap(({ main }) => {
    const reference = walk.mapping(kind).crossReference(main, baseContext(walk, NO_ITEMS))
    return reference?.type === 'link' ? [reference.linkId] : []
  })
  return [...new Set(quoted)]
}

/** Those of them that have both their records. */
async function wholeLinks(walk: Walk, quoted: readonly string[]): Promise<ReadonlySet<string>> {
  const links = quoted.length === 0 ? [] : await walk.lane.linksByIds(quoted)
  const has = (link: Link, side: Side) => (mainPart(link, side)?.remoteId ?? null) !== null
  // An invoice that bills a deal may have no other record in the CRM, and a summary has none.
  const isElse = (link: Link) => dealParts(link).length > 0 || memberParts(link).length > 0
  const isWhole = (link: Link) => has(link, 'xero') && (has(link, 'zoho') || isElse(link))
  return new Set(links.filter(isWhole).map((link) => link.id))
}
