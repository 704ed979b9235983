import { type Course, createCourse } from '../simulate/course.ts'
import type { Desk } from '../simulate/desk.ts'
import type { Scenario } from '../simulate/scenario.ts'
import { describeTrouble } from '../simulate/trouble.ts'
import { type Violation, violation } from '../simulate/violation.ts'
import { CONNECTION_ID, createWorld, NO_WEATHER, type OpenStore, type Weather, type World } from '../simulate/world.ts'
import { type Founded, foundCompany } from './company.ts'
import { type Attempt, type Counter, type FailureKind, InjectedFailure } from './failure.ts'
import type { StatementTap } from './tapped-database.ts'

/** Where the database of an attempt comes from, and the tap on it; none: everything in memory. */
export interface Database {
  readonly open: OpenStore
  readonly tap: StatementTap
}

export interface StageParts {
  readonly scenario: Scenario
  readonly kind: FailureKind
  readonly counter: Counter
  readonly database: Database | undefined
}

/** The world of one attempt, and the product in it. */
export interface Stage {
  readonly world: World
  readonly course: Course
  readonly founded: Founded
  /** What a person had to do although nothing but a passing trouble happened. */
  readonly needed: Violation[]
  /** Work that the injected failure may end, as a job of the queue or a command ends: it is asked for again later. */
  tryTo<T>(work: () => Promise<T>): Promise<T | undefined>
  pause(milliseconds: number): Promise<void>
}

const SEED = 1

export async function openStage({ scenario, kind, counter, database }: StageParts): Promise<Stage> {
  const weather: { -readonly [name in keyof Weather]: Weather[name] } = { ...NO_WEATHER }
  const world = await createWorld(SEED, scenario, { weather, openStore: database?.open })
  const plain = createCourse(world)
  const needed: Violation[] = []
  const course: Course = { ...plain, desk: strictDesk(world, plain.desk, needed) }
  const attempt: Attempt = { counter, kill: () => course.process().life.kill() }
  const { onStatement, ...hooks } = kind.hooks(attempt)
  const { struck, beforeApply } = noteCalls(world)
  Object.assign(weather, hooks, { struck, beforeApply })
  if (database !== undefined) database.tap.onStatement = onStatement ?? (() => 'pass')
  return {
    world,
    course,
    founded: await world.clock.runUntil(foundCompany(world.company)),
    needed,
    async tryTo(work) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof InjectedFailure)) throw error
        return undefined
      }
    },
    pause: (milliseconds) => new Promise((resolve) => world.clock.schedule(milliseconds, resolve)),
  }
}

/** For the trace of an attempt that is shown. */
function noteCalls({ book }: World): Pick<Weather, 'struck' | 'beforeApply'> {
  return {
    struck: (call, trouble) => book.note(`call ${call.number} ${call.target}: ${describeTrouble(trouble)}`),
    async beforeApply(call, isLate) {
      const { method, body } = call.request
      book.note(`call ${call.number} ${isLate ? 'late ' : ''}${call.side} ${method} ${call.target} ${body ?? ''}`)
    },
  }
}

/** The person approves the first sync; whatever else waits for a person is a violation, and is put right to go on. */
function strictDesk(world: World, desk: Desk, needed: Violation[]): Desk {
  return {
    done: desk.done,
    async approve() {
      const { firstSyncDone } = await world.connection()
      const held = (await world.store.reports.plans(CONNECTION_ID)).find((plan) => plan.state === 'held')
      if (firstSyncDone && held !== undefined) needed.push(violation('I9', `a plan is held: ${held.holdCode}`))
      await desk.approve()
    },
    work: () => desk.work(),
    async reconnect() {
      const { state, pausedCode } = await world.connection()
      if (state === 'ready') return
      needed.push(violation('I15', `the connection waits for a person: ${state} ${pausedCode ?? ''}`))
      await world.store.connections.setState(CONNECTION_ID, 'ready', null)
    },
  }
}
