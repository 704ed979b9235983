import { baseContext, NO_ITEMS } from '../detect/context.ts'
import { collectionsInScope } from '../detect/detect.ts'
import { plainView } from '../detect/views.ts'
import { type Collection, collectionsOf, type Kind } from '../model/kind.ts'
import type { Op } from '../model/op.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import type { Walk } from '../walk.ts'
import { sourceMarks } from './judge.ts'
import { plainOutcome } from './outcome-of.ts'
import { recordAnswers } from './record-answers.ts'

/** Ops read from the store at a time. */
const OPS_PAGE = 2_000

/**
 * Drops the creates of an approved plan beside which somebody has made the same record since it was planned: this pass
 * has listed that one, and Zoho would take both, for it enforces no name and no code (I2). They are planned anew, and meet.
 */
export async function dropOvertaken(walk: Walk, planId: string): Promise<void> {
  const keys = await newcomerKeys(walk)
  if (keys.size === 0) return
  let after = -1
  for (;;) {
    const page = await walk.lane.intendedOps(planId, after, OPS_PAGE)
    const last = page.at(-1)
    if (last === undefined) return
    const overtaken = page.filter((op) => op.verb === 'create' && op.role === 'main' && isOvertaken(walk, op, keys))
    if (overtaken.length > 0) await drop(walk, overtaken)
    after = last.sequence
  }
}

/** Keys of the records that this pass has listed and no link knows. */
async function newcomerKeys(walk: Walk): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for (const { kind, side, collection } of collectionsInScope(walk)) {
    if (collection !== collectionsOf(kind, side, walk.connection.settings.customerModel)[0]) continue
    const records = [...walk.cache.ofCollection(side, collection)].map((fresh) => fresh.record)
    for (const record of await unlinked(walk, records))
      for (const key of keysOf(walk, kind, record)) keys.add(placed(record, key))
  }
  return keys
}

async function unlinked(walk: Walk, records: readonly RemoteRecord[]): Promise<readonly RemoteRecord[]> {
  const live = records.filter((record) => record.life === 'live')
  const links = live.length === 0 ? [] : await walk.lane.linksByRefs(live.map(refOf))
  const known = new Set(links.flatMap((link) => link.parts.map((part) => `${part.side}/${part.remoteId ?? ''}`)))
  return live.filter((record) => !known.has(`${record.side}/${record.id}`))
}

function isOvertaken(walk: Walk, op: Op, keys: ReadonlySet<string>): boolean {
  const { side, collection, payload: fields } = op
  const times = { version: '', createdAt: null, modifiedBy: null }
  const record: RemoteRecord = { side, collection, id: '', ...times, life: 'live', hasLines: false, fields }
  return keysOf(walk, op.kind, record).some((key) => keys.has(placed(record, key)))
}

function keysOf(walk: Walk, kind: Kind, record: RemoteRecord): readonly string[] {
  const mapping = walk.mapping(kind)
  const context = baseContext(walk, NO_ITEMS)
  const view = plainView(record.side, record)
  return [...mapping.matchKeys(view, context), ...mapping.suggestKeys(view, context)]
}

function placed(at: { readonly side: string; readonly collection: Collection }, key: string): string {
  return `${at.side}/${at.collection}/${key}`
}

function refOf({ side, collection, id }: RemoteRecord): RecordRef {
  return { side, collection, remoteId: id }
}

async function drop(walk: Walk, ops: readonly Op[]): Promise<void> {
  const message = 'Somebody has made the same record since this plan was made'
  await recordAnswers.record(
    walk,
    ops,
    ops.map((op) => ({
      ...plainOutcome(walk, op, { state: 'superseded', code: 'beforeImageMoved', message }),
      marks: sourceMarks(walk, op, 'recover'),
    })),
  )
}
