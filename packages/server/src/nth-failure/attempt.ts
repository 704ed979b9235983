import { readStates } from '../rig/oracle-state.ts'
import { comeToRest } from '../simulate/rest.ts'
import { type Violation, violation } from '../simulate/violation.ts'
import { CONNECTION_ID, type World } from '../simulate/world.ts'
import { createCounter, type FailureKind, INJECTED } from './failure.ts'
import type { Journey } from './journeys.ts'
import { type Database, openStage, type Stage } from './stage.ts'

export interface AttemptParts {
  readonly journey: Journey
  readonly kind: FailureKind
  /** Which opportunity fails; 0: none. */
  readonly n: number
  readonly database?: Database
}

export interface AttemptEnd {
  /** Opportunities that the journey had. */
  readonly seen: number
  /** undefined: the journey had fewer than n. */
  readonly struck: string | undefined
  readonly violations: readonly Violation[]
  /** How many records of each collection there are on both sides. */
  readonly census: string
  readonly trace: readonly string[]
}

/** After the failure the worker goes on at its usual pace: what it does soon counts as much as what it does in the end. */
const SOON = ['pass.lists', 'pass.recover', 'pass.lists'] as const
const SOON_MS = 45_000

/** The journey once, with one failure; then fair weather until rest, and the verdict. */
export async function attempt({ journey, kind, n, database }: AttemptParts): Promise<AttemptEnd> {
  const counter = createCounter(n)
  const stage = await openStage({ scenario: journey.scenario, kind, counter, database })
  const { world, course } = stage
  try {
    return await world.clock.runUntil(
      (async () => {
        await journey.prepare(stage)
        counter.isArmed = true
        await journey.walk(stage)
        counter.isArmed = false
        world.book.note('fair weather')
        for (const job of SOON) {
          await stage.pause(SOON_MS)
          await course.digest()
          await course.walk(job)
        }
        const violations = await verdict(stage)
        const { seen, struck } = counter
        return { seen, struck, violations, census: await census(world), trace: world.book.lines() }
      })(),
    )
  } finally {
    await world.store.close()
  }
}

async function verdict(stage: Stage): Promise<readonly Violation[]> {
  const { world, course, needed } = stage
  const rest = await comeToRest(world, course)
  const { reports } = world.store
  const inbox = await reports.inbox(CONNECTION_ID)
  const { state, firstSyncDone } = await world.connection()
  return [
    ...rest.violations,
    ...needed,
    ...rest.missing.map((edit) => violation('I3', `lost: ${JSON.stringify(edit)}`)),
    ...inbox.map((item) => violation('I15', `left in the inbox: ${item.type} ${item.code} "${item.title}"`)),
    ...(state === 'ready' && firstSyncDone
      ? []
      : [violation('I1', `the connection is ${state}, first sync ${firstSyncDone}`)]),
    ...course.counters.throws.filter((text) => !text.includes(INJECTED)).map((text) => violation('bug', text)),
  ]
}

async function census(world: World): Promise<string> {
  const { zoho, xero } = await readStates(world.company)
  const { Accounts, Contacts, Products, Invoices } = zoho.records
  const crm = [Accounts, Contacts, Products, Invoices].map((records) => records.length)
  const books = [xero.contacts, xero.items, xero.invoices].map((records) => records.length)
  return `${crm.join(' ')} in Zoho, ${books.join(' ')} in Xero`
}
