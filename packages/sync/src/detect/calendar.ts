import { collectionsOf, type Kind } from '../model/kind.ts'
import { canonicalText, type Value } from '../model/value.ts'
import type { NewMark } from '../store/contract.ts'
import { kindsOf, type Walk } from '../walk.ts'
import { todayIn } from './context.ts'

/** The day of the last look per connection and kind. Lives as long as the process: a second look only repeats work. */
const lookedOn = new WeakMap<object, Map<string, string>>()

/**
 * Once a day, marks what changes by the calendar alone: an invoice whose due date has passed is overdue, and neither
 * system moves its version for that (R38c). Plain dates in the Xero organisation's zone.
 */
export async function markTurned(walk: Walk): Promise<void> {
  const today = todayIn(walk.reference.xero.timeZone, walk.ports.clock.now())
  const looked = lookedOn.get(walk.ports.store) ?? new Map<string, string>()
  lookedOn.set(walk.ports.store, looked)
  for (const kind of kindsOf(walk)) {
    const key = `${walk.connection.id}/${kind}`
    if (looked.get(key) === today) continue
    await markTurnedOf(walk, kind, today)
    looked.set(key, today)
  }
}

async function markTurnedOf(walk: Walk, kind: Kind, today: string): Promise<void> {
  const { turnsWith } = walk.mapping(kind)
  if (turnsWith === undefined) return
  const hasTurned = turnsWith(today, (value: Value) => walk.fingerprint(canonicalText(value)))
  const [collection] = collectionsOf(kind, 'xero', walk.connection.settings.customerModel)
  const dueAt = walk.ports.clock.now()
  const marks = (await walk.lane.mainParts(kind, 'xero'))
    .filter(({ shadow }) => hasTurned(shadow))
    .map(({ remoteId }): NewMark => ({ side: 'xero', collection, remoteId, kind, reason: 'calendar', dueAt }))
  if (marks.length > 0) await walk.lane.mark(marks, null)
}
