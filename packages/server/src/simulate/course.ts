import type { PassRequest, PassResult } from '@tandem/sync/engine.ts'
import { KINDS } from '@tandem/sync/model/kind.ts'
import { runPass } from '@tandem/sync/pass.ts'
import { digestWebhooks } from '../hooks/digest.ts'
import { type PassJobName, passFor } from '../worker/jobs.ts'
import { createDesk, type Desk } from './desk.ts'
import type { EngineProcess } from './engine-process.ts'
import { createPeople, type People } from './people/people.ts'
import { createRobots, type Robots } from './people/robots.ts'
import type { TownParts } from './people/town.ts'
import { happens, weighted } from './streams.ts'
import { CONNECTION_ID, hookPartsOf, type World } from './world.ts'

/** How many of what happened; read by campaigns. */
export interface Counters {
  passes: number
  crashes: number
  freezes: number
  deeds: number
  quarantines: number
  throws: string[]
}

/** The product's worker, the person at its desk and the people of the business, turn by turn. */
export interface Course {
  readonly desk: Desk
  readonly people: People
  readonly robots: Robots
  readonly counters: Counters
  /** The process that runs now. */
  process(): EngineProcess
  firstSync(): Promise<void>
  turn(): Promise<void>
  /** One walk for a job of the worker; undefined when the process ended first. */
  walk(job: PassJobName): Promise<PassResult | undefined>
  /** One walk that a person asked for; it applies the plan that waits approved, if there is one. */
  manual(): Promise<PassResult | undefined>
  digest(): Promise<void>
}

const JOBS: readonly { readonly weight: number; readonly job: PassJobName | 'manual' }[] = [
  { weight: 10, job: 'pass.marks' },
  { weight: 8, job: 'pass.lists' },
  { weight: 3, job: 'pass.changes' },
  { weight: 3, job: 'pass.recover' },
  { weight: 1, job: 'pass.sweep' },
  { weight: 2, job: 'manual' },
]

const FREEZE_MS = { least: 6_000, most: 90_000 } as const
const LONGEST_PAUSE_MS = 25 * 60_000
const SKEW_MS = 10 * 60_000

export function createCourse(world: World): Course {
  const { clock, streams, book } = world
  const counters: Counters = { passes: 0, crashes: 0, freezes: 0, deeds: 0, quarantines: 0, throws: [] }
  const desk = createDesk(world)
  const town: TownParts = {
    company: world.company,
    chance: streams.people,
    ledger: world.ledger,
    counter: { next: 0 },
    now: () => clock.now(),
    trace: (line) => book.note(line),
    blind: world.blind,
    sales: world.sales,
    removals: world.removals,
    payments: world.payments,
    purchases: world.purchases,
    credits: world.credits,
    tracking: world.tracking,
    looks: world.looks,
  }
  const pause = () => new Promise<void>((resolve) => clock.schedule(2_000, resolve))
  const people = createPeople({ ...town, rates: world.scenario.people, pause })
  const robots = createRobots(town)
  let current = begin()

  function begin(): EngineProcess {
    const process = world.start()
    world.hooks.receiver = hookPartsOf(world, process)
    return process
  }

  async function run(request: PassRequest): Promise<PassResult | undefined> {
    const process = current
    counters.passes += 1
    const pass = runPass(process.ports, request).catch((error: unknown) => {
      if (!process.life.isDead())
        counters.throws.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
      return undefined
    })
    const end = await Promise.race([pass, process.life.stopped])
    if (typeof end !== 'string') {
      book.note(`pass ${request.trigger} ${request.detect}: ${end === undefined ? 'threw' : summaryOf(end)}`)
      await countQuarantines()
      return end
    }
    book.note(`pass ${request.trigger} ${request.detect}: cut short`)
    restart(end)
    return undefined
  }

  const quarantined = new Set<string>()
  async function countQuarantines(): Promise<void> {
    for (const item of await world.store.reports.inbox(CONNECTION_ID))
      if (item.code === 'pingPong') quarantined.add(item.id)
    counters.quarantines = quarantined.size
  }

  async function walk(job: PassJobName): Promise<PassResult | undefined> {
    const connection = await world.connection()
    const open = (await world.store.reports.plans(CONNECTION_ID)).find((plan) =>
      ['approved', 'applying'].includes(plan.state),
    )
    const request = passFor(job, connection, open?.id ?? null)
    if (request !== null) return run(request)
    // The worker does nothing by itself before the first sync is done: its person asks again.
    return connection.state === 'ready' && !connection.firstSyncDone ? manual() : undefined
  }

  async function manual(): Promise<PassResult | undefined> {
    const connection = await world.connection()
    const approved = (await world.store.reports.plans(CONNECTION_ID)).find((plan) => plan.state === 'approved')
    return run({
      connectionId: connection.id,
      trigger: 'manual',
      scope: { kinds: KINDS, mode: 'both', since: null },
      priority: 'interactive',
      until: 'sync',
      approvedPlanId: approved?.id ?? null,
      detect: 'lists',
    })
  }

  async function digest(): Promise<void> {
    const { life } = current
    const end = await Promise.race([digestWebhooks(world.hooks.receiver ?? hookPartsOf(world, current)), life.stopped])
    if (typeof end === 'string') restart(end)
  }

  function restart(end: 'killed' | 'frozen'): void {
    if (end === 'killed') counters.crashes += 1
    else counters.freezes += 1
    book.note(`the process is ${end}`)
    current = begin()
  }

  function pauseMs(): number {
    return happens(streams.days, 0.7) ? streams.days.int(500, 40_000) : streams.days.int(60_000, LONGEST_PAUSE_MS)
  }

  function turnClocks(): void {
    if (!world.scenario.isSkewed || !happens(streams.clock, 0.05)) return
    world.wall.skewMs = streams.clock.int(-SKEW_MS, SKEW_MS)
    book.note(`our clock is set to be ${Math.round(world.wall.skewMs / 1000)} s off`)
  }

  return {
    desk,
    people,
    robots,
    counters,
    process: () => current,
    walk,
    manual,
    digest,
    async firstSync() {
      await manual()
      await desk.approve()
      await manual()
    },
    async turn() {
      turnClocks()
      for (let deeds = streams.days.int(0, world.scenario.deedsInTurn); deeds > 0; deeds -= 1) {
        if (await people.doSomething()) counters.deeds += 1
      }
      await new Promise<void>((resolve) => clock.schedule(pauseMs(), resolve))
      await desk.work()
      await digest()
      const job = weighted(streams.days, JOBS)?.job ?? 'pass.lists'
      await (job === 'manual' ? manual() : walk(job))
    },
  }
}

export function freezeMs(world: World): number {
  return world.streams.crash.int(FREEZE_MS.least, FREEZE_MS.most)
}

function summaryOf(result: PassResult): string {
  const writes = 'report' in result ? ` ${result.report.writes.zoho}+${result.report.writes.xero} writes` : ''
  const code = 'code' in result ? ` ${result.code}` : ''
  return `${result.type}${code}${writes}`
}
