import { carrierId, carrierOf, isCarrierId } from '../model/allocation.ts'
import { isCarried, KIND_TRAITS, type Kind } from '../model/kind.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import type { Mark, NewMark } from '../store/contract.ts'
import type { Walk } from '../walk.ts'
import { readFresh } from './read-fresh.ts'

/** Marks read at a time. */
const MARKS_PAGE = 5_000

/**
 * Credits that may have changed become marks of all that they carry, and of all that they have carried: an allocation
 * that was taken back is in no list, so only its own link still knows of it (xero.md 4.5, R38a).
 */
export async function expandCarriers(walk: Walk, kind: Kind): Promise<void> {
  if (!KIND_TRAITS[kind].xero.some(isCarried)) return
  const marks = (await dueMarks(walk, kind)).filter((mark) => isCarried(mark.collection) && isCarrierId(mark.remoteId))
  if (marks.length === 0) return
  const refs = await carriedBy(walk, marks)
  const dueAt = walk.ports.clock.now()
  await walk.lane.mark(
    refs.map((ref): NewMark => ({ ...ref, kind, reason: 'reread', dueAt })),
    null,
  )
  // Only now: cut off between the two, the credit is looked at once more (I7).
  await walk.lane.clearMarks(marks)
}

async function dueMarks(walk: Walk, kind: Kind): Promise<readonly Mark[]> {
  const found: Mark[] = []
  for (;;) {
    const after = found.at(-1)
    const request = { kinds: [kind], now: walk.ports.clock.now(), limit: MARKS_PAGE }
    const page = await walk.lane.dueMarks(after === undefined ? request : { ...request, after })
    found.push(...page)
    if (page.length < MARKS_PAGE) return found
  }
}

async function carriedBy(walk: Walk, marks: readonly Mark[]): Promise<readonly RecordRef[]> {
  const [first] = marks
  if (first === undefined) return []
  const { side, collection } = first
  const wanted = new Set(marks.map(({ remoteId }) => remoteId))
  const isOfThese = (remoteId: string) => {
    const carrier = carrierOf(remoteId)
    return carrier !== null && wanted.has(carrierId(carrier))
  }
  const known = (await walk.lane.partsIn(side, collection)).map(({ remoteId }) => remoteId).filter(isOfThese)
  // Whatever is known is asked for by its own id as well, so that what was taken back is told.
  const asked = [...wanted, ...known].map((remoteId) => ({ side, collection, remoteId }))
  for (const ref of asked) walk.cache.drop(ref)
  await readFresh(walk, asked, () => false)
  const present = [...walk.cache.ofCollection(side, collection)].map(({ record }) => record.id).filter(isOfThese)
  const refs = [...new Set([...known, ...present])].map((remoteId) => ({ side, collection, remoteId }))
  return refs.sort((left, right) => (refKey(left) < refKey(right) ? -1 : 1))
}
