import type { Kind } from '../model/kind.ts'
import { type Link, mainPart, taskParts } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { LinkSubject } from '../plan/input.ts'
import { isMadeFor } from '../plan/overdue-task.ts'
import type { Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import { baseContext, NO_ITEMS } from './context.ts'

/** Is this a Xero invoice about which nobody has been given a task yet, and somebody shall be (R38c)? */
export function isTaskDue(walk: Walk, link: Link, record: RemoteRecord): boolean {
  const { tasks } = walk.mapping(link.kind)
  if (tasks === undefined || record.side !== 'xero' || !tasks.isDue(record, baseContext(walk, NO_ITEMS))) return false
  // A daily summary, and what bills a deal alone, has no invoice in the CRM that somebody could own.
  if ((mainPart(link, 'zoho')?.remoteId ?? null) === null) return false
  return !isMadeFor(taskParts(link), tasks.occasion(record), walk.fingerprint)
}

/**
 * The tasks of these links as they were read, and those that a create without an answer has made: they are looked for
 * by the key that each carries before another one is planned (I2).
 */
export async function withTasks(
  walk: Walk,
  kind: Kind,
  of: { readonly subjects: readonly LinkSubject[]; readonly recovered: ReadonlySet<string> },
): Promise<readonly LinkSubject[]> {
  const { tasks: rules } = walk.mapping(kind)
  if (rules === undefined) return of.subjects
  const keys = new Map(of.subjects.flatMap((subject) => keyOf(walk, subject, of.recovered)))
  const found = keys.size === 0 ? [] : await foundBy(walk, kind, [...keys.values()])
  return of.subjects.map((subject) => {
    const key = keys.get(subject.link.id)
    const own = key === undefined ? [] : found.filter(({ fields }) => fields[key.field] === key.value)
    return { ...subject, tasks: { made: madeOf(walk, subject), found: oldest(own) } }
  })
}

function madeOf(walk: Walk, { link }: LinkSubject) {
  return taskParts(link).map((part) => {
    const { side, collection, remoteId } = part
    return { part, record: walk.cache.get({ side, collection, remoteId })?.record ?? null }
  })
}

interface Key {
  readonly field: string
  readonly value: string
}

/** Where a create had no answer it is asked for whatever the invoice says by now: it may have been paid meanwhile. */
function keyOf(
  walk: Walk,
  { link, xero }: LinkSubject,
  recovered: ReadonlySet<string>,
): readonly (readonly [string, Key])[] {
  const { tasks } = walk.mapping(link.kind)
  if (tasks === undefined || xero.main === null) return []
  const occasion = tasks.occasion(xero.main)
  const isAsked = recovered.has(link.id) && !isMadeFor(taskParts(link), occasion, walk.fingerprint)
  if (occasion === '' || !(isAsked || isTaskDue(walk, link, xero.main))) return []
  return [[link.id, tasks.lookup(link.id, occasion).key]]
}

async function foundBy(walk: Walk, kind: Kind, keys: readonly Key[]): Promise<readonly RemoteRecord[]> {
  const { tasks } = walk.mapping(kind)
  if (tasks === undefined) return []
  const sentAt = walk.ports.clock.monotonic()
  const records = await readOrStop(walk, () => walk.remotes.zoho.findByKey(tasks.collection, keys))
  walk.cache.add(records, sentAt)
  return records
}

/** Two of one key can only be where Zoho keeps no field of tasks unique: the first is the one that we know. */
function oldest(records: readonly RemoteRecord[]): RemoteRecord | null {
  return records.toSorted((left, right) => (keyOfAge(left) < keyOfAge(right) ? -1 : 1))[0] ?? null
}

function keyOfAge({ id }: RemoteRecord): string {
  return id.padStart(20, '0')
}

/** Links of which something had no answer, by the marks that this leaves. */
export function recoveredLinks(
  things: readonly { readonly link: Link | null; readonly marks: readonly { readonly reason: string }[] }[],
): ReadonlySet<string> {
  return new Set(
    things.flatMap(({ link, marks }) =>
      link !== null && marks.some(({ reason }) => reason === 'recover') ? [link.id] : [],
    ),
  )
}
