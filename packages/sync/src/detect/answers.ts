import type { KindMapping, MappingContext, Question, SideView } from '../mapping/contract.ts'
import type { Kind } from '../model/kind.ts'
import type { NaturalKey } from '../model/op.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import { remoteOf, type Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { readFresh } from './read-fresh.ts'

/** A record about to be planned, with its partner where it has one. */
export interface Asking {
  readonly view: SideView
  readonly partner: SideView | null
}

/** Rounds of questions that rest on earlier answers. A mapping that asks on has a bug. */
const ROUNDS_LIMIT = 4

/** The context with everything read that the mapping wants to know beside the records themselves. */
export async function answeredContext(
  walk: Walk,
  kind: Kind,
  of: { readonly asking: readonly Asking[]; readonly context: MappingContext; readonly asks?: KindMapping['asks'] },
): Promise<MappingContext> {
  const asks = of.asks ?? walk.mapping(kind).asks
  if (asks === undefined) return of.context
  const answers = new Map<string, readonly RemoteRecord[]>()
  const context = { ...of.context, answer: (question: Question) => answers.get(nameOf(question)) ?? null }
  for (let round = 0; round < ROUNDS_LIMIT; round += 1) {
    const questions = of.asking.flatMap(({ view, partner }) => asks(view, partner, context))
    const open = new Map(questions.map((question) => [nameOf(question), question]))
    for (const name of answers.keys()) open.delete(name)
    if (open.size === 0) return context
    for (const [name, found] of await readAll(walk, [...open.values()])) answers.set(name, found)
  }
  throw new Error(`The mapping of ${kind} asks on and on`)
}

function nameOf(question: Question): string {
  if (question.type === 'record') return refKey(question.ref)
  const { side, lookup } = question
  return `${side}/${lookup.collection}?${lookup.key.field}=${lookup.key.value}`
}

/** Each collection's questions in as few calls as its remote allows; what this pass has read already costs none. */
async function readAll(
  walk: Walk,
  questions: readonly Question[],
): Promise<ReadonlyMap<string, readonly RemoteRecord[]>> {
  const answers = new Map<string, readonly RemoteRecord[]>()
  const refs = questions.flatMap((question) => (question.type === 'record' ? [question.ref] : []))
  await readFresh(walk, refs, () => false)
  for (const ref of refs) answers.set(refKey(ref), cached(walk, ref))
  for (const question of questions) {
    if (question.type === 'key') answers.set(nameOf(question), await findAll(walk, question.side, question.lookup))
  }
  return answers
}

function cached(walk: Walk, ref: RecordRef): readonly RemoteRecord[] {
  const fresh = walk.cache.get(ref)
  return fresh === undefined ? [] : [fresh.record]
}

async function findAll(
  walk: Walk,
  side: Side,
  { collection, key }: { readonly collection: RecordRef['collection']; readonly key: NaturalKey },
): Promise<readonly RemoteRecord[]> {
  const sentAt = walk.ports.clock.monotonic()
  const found = await readOrStop(walk, () => remoteOf(walk, side).findByKey(collection, [key]))
  walk.cache.add(found, sentAt)
  return found
}
