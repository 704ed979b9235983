import { readStates } from '../rig/oracle-state.ts'
import { bare, type Edit, holds } from './edit-ledger.ts'
import type { Life } from './mortal.ts'
import { textAt } from './sight.ts'
import type { Call } from './wire.ts'
import type { Weather, World } from './world.ts'

/**
 * A value typed less than this before our write lands could not have been seen: the re-check may be two seconds old
 * when the write is sent, and its answer and the write take their way (design section 4, apply; I3's exception).
 */
export const ROUND_TRIP_MS = 3_000
/** What was typed longer before our write was sent should have been seen. What was typed on its way could not be (I3's exception). */
const CHECK_STANDS_MS = 2_000

/** How an edit disappeared. */
export type Fate =
  /** Under our write, in the gap between our read and our write: the stated exception of I3. */
  | { readonly type: 'gap'; readonly gapMs: number }
  /** Under a write that the remote applied after we had given up: the other stated exception. */
  | { readonly type: 'late' }
  /** Under a write that we should not have sent. */
  | { readonly type: 'overwritten'; readonly gapMs: number; readonly wasSeen: boolean; readonly call: number }
  /** Without any write of ours. */
  | { readonly type: 'vanished' }

export interface GapWatch {
  readonly weather: Pick<Weather, 'beforeApply' | 'afterApply' | 'answered'>
  fateOf(edit: Edit): Fate
}

/** Which of the suspects had been typed when a write was about to be applied, and which of them stood there. */
interface Look {
  readonly known: ReadonlySet<number>
  readonly standing: ReadonlySet<number>
}

/** Looks on while a simulation is repeated, and notes when these edits disappear and whether we had read them. */
export function createGapWatch(suspects: readonly number[], world: () => World): GapWatch {
  const fates = new Map<number, Fate>()
  /** When each process first read it. */
  const seen = new Map<number, Map<Life, number>>()
  const present = new Map<number, Look>()
  const watched = () =>
    world()
      .ledger.edits()
      .filter((edit) => suspects.includes(edit.number))
  const standing = async () => {
    const states = await readStates(world().company)
    return new Set(watched().flatMap((edit) => (holds(bare(textAt(states, edit) ?? ''), edit) ? [edit.number] : [])))
  }
  return {
    fateOf: (edit) => fates.get(edit.number) ?? { type: 'vanished' },
    weather: {
      async beforeApply(call) {
        if (!call.isWrite || suspects.length === 0) return
        const known = new Set(watched().map((edit) => edit.number))
        present.set(call.number, { known, standing: await standing() })
      },
      async afterApply(call, isLate) {
        const before = present.get(call.number)
        if (before === undefined) return
        const after = await standing()
        for (const edit of watched()) {
          // Typed while the remote was about to apply the write, it stood there too.
          const hasStood = before.standing.has(edit.number) || !before.known.has(edit.number)
          if (!hasStood || after.has(edit.number)) continue
          const gapMs = world().clock.now() - edit.atMs
          // Read while the write was on its way already: too late for it.
          const wasSeen = [...(seen.get(edit.number) ?? [])].some(
            ([life, atMs]) => !life.isDead() && atMs < call.sentAtMs,
          )
          const inGap = call.sentAtMs - edit.atMs <= CHECK_STANDS_MS && !wasSeen
          if (isLate) fates.set(edit.number, { type: 'late' })
          else if (inGap) fates.set(edit.number, { type: 'gap', gapMs })
          else fates.set(edit.number, { type: 'overwritten', gapMs, wasSeen, call: call.number })
        }
      },
      answered(life, call, answer) {
        const unseen = watched().filter((edit) => isAbout(call, edit))
        if (unseen.length === 0) return
        const text = bare(answer.body)
        for (const edit of unseen) {
          const readers = seen.get(edit.number) ?? new Map<Life, number>()
          if (holds(text, edit) && !readers.has(life)) seen.set(edit.number, readers.set(life, world().clock.now()))
        }
      },
    },
  }
}

const COLLECTIONS = {
  zoho: {
    contact: 'Accounts',
    person: 'Contacts',
    item: 'Products',
    invoice: 'Invoices',
    quote: 'Quotes',
    lead: 'Leads',
    vendor: 'Vendors',
    bill: 'Purchase_Orders',
    line: 'Invoices',
  },
  xero: {
    contact: 'Contacts',
    person: 'Contacts',
    item: 'Items',
    invoice: 'Invoices',
    quote: 'Quotes',
    lead: 'Contacts',
    vendor: 'Contacts',
    bill: 'Invoices',
    line: 'Invoices',
  },
} as const

/** Other records quote a company's name too: reading those is not reading it. */
function isAbout(call: Call, { side, place }: Edit): boolean {
  return side === call.side && call.target.includes(`/${COLLECTIONS[side][place.kind]}`)
}
