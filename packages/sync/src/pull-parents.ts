import { baseContext, itemCodes, missingParents } from './detect/context.ts'
import { sortQuiet } from './detect/quiet.ts'
import { readFresh } from './detect/read-fresh.ts'
import { dueThings } from './detect/things.ts'
import { plainView } from './detect/views.ts'
import { isDocument, type Kind } from './model/kind.ts'
import { THINGS_PER_CHUNK } from './plan-things.ts'
import { kindsOf, type Walk } from './walk.ts'

/** A document pulls its parents in: those that no link knows are marked before the contacts are planned (R49d). */
export async function pullParents(walk: Walk): Promise<void> {
  // The last rank first: what it pulls in pulls its own parents in.
  for (const kind of kindsOf(walk).toReversed()) if (isDocument(kind)) await pullParentsOf(walk, kind)
}

async function pullParentsOf(walk: Walk, kind: Kind): Promise<void> {
  const { things } = await dueThings(walk, kind)
  const base = baseContext(walk, await itemCodes(walk, new Map()))
  for (let at = 0; at < things.length; at += THINGS_PER_CHUNK) {
    const { busy } = await sortQuiet(walk, kind, things.slice(at, at + THINGS_PER_CHUNK))
    const marks = busy.flatMap((thing) => thing.marks)
    await readFresh(walk, marks, (record) => record.side === 'zoho' && !record.hasLines)
    const views = marks
      .flatMap((mark) => walk.cache.get(mark)?.record ?? [])
      .map((record) => plainView(record.side, record))
    const parents = await missingParents(walk, kind, { views, base })
    const now = walk.ports.clock.now()
    if (parents.length > 0)
      await walk.lane.mark(
        parents.map((parent) => ({ ...parent.ref, kind: parent.kind, reason: 'parent', dueAt: now })),
        null,
      )
  }
}
