import { readStates } from '../rig/oracle-state.ts'
import { type Course, createCourse, freezeMs } from './course.ts'
import type { Edit } from './edit-ledger.ts'
import { recordedFaults } from './payment-book.ts'
import { type Reached, reachedIn } from './reached.ts'
import { createRemovalWatch } from './removal-watch.ts'
import { comeToRest } from './rest.ts'
import type { Scenario } from './scenario.ts'
import { troubleOf } from './storm.ts'
import { happens } from './streams.ts'
import { trespassOf } from './trespass.ts'
import { describeTrouble } from './trouble.ts'
import { type Violation, violation } from './violation.ts'
import { createWorld, NO_WEATHER, type OpenStore, type Weather, type World } from './world.ts'

export interface SimulationOptions {
  readonly seed: number
  readonly scenario: Scenario
  readonly openStore?: OpenStore
  /** Looks on, without a hand in it. */
  readonly watch?: (world: () => World) => Pick<Weather, 'beforeApply' | 'afterApply' | 'answered'>
  /** A look at the world once it is at rest. */
  readonly inspect?: (world: World) => Promise<void>
}

export interface SimulationResult {
  readonly seed: number
  readonly scenario: string
  readonly violations: readonly Violation[]
  readonly missing: readonly Edit[]
  readonly counts: Readonly<Record<string, number>>
  readonly reached: Reached
  readonly trace: readonly string[]
  readonly digest: string
}

/** Of all crashes at the network's boundaries, this many are freezes. */
const FROZEN_SHARE = 0.15
/** A store's boundaries are many: each has this share of the rate. */
const STORE_SHARE = 0.1

/** One seed, from the first sync to the last check. */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const weather: { -readonly [name in keyof Weather]: Weather[name] } = { ...NO_WEATHER }
  const world = await createWorld(options.seed, options.scenario, { weather, openStore: options.openStore })
  const course = createCourse(world)
  const watch = options.watch?.(() => world) ?? NO_WEATHER
  const removals = createRemovalWatch(world)
  const fair: Weather = { ...NO_WEATHER, ...watch, ...noted(world, [removals, watch]) }
  const early: string[] = []
  const trespasses: string[] = []
  /** From the first call to the last: also what is written at rest needs an approval (I9). */
  const approved = (sky: Weather): Weather => ({
    ...sky,
    async onWay(life, call, leg) {
      if (call.isWrite && course.desk.done.approved === 0) early.push(`${call.request.method} ${call.target}`)
      if (leg === 'there') removals.sent(call)
      if (call.isWrite && leg === 'there')
        trespasses.push(...[trespassOf(call, options.scenario)].filter((text) => text !== undefined))
      await sky.onWay(life, call, leg)
    },
  })
  Object.assign(weather, approved(stormOver(world, { course, fair })))
  const counts: Record<string, number> = {}
  const violations: Violation[] = []
  try {
    const end = await world.clock.runUntil(
      (async () => {
        await course.firstSync()
        for (let turn = 0; turn < options.scenario.turns; turn += 1) await course.turn()
        Object.assign(weather, approved(fair))
        world.wall.skewMs = 0
        world.book.note('people go home; the storm is over')
        return comeToRest(world, course)
      })(),
    )
    await options.inspect?.(world)
    violations.push(...end.violations)
    violations.push(...course.counters.throws.map((text) => violation('bug', text)))
    violations.push(...early.map((text) => violation('I9', `written before anybody approved: ${text}`)))
    violations.push(...trespasses.map((text) => violation('I3', `not ours to write: ${text}`)))
    violations.push(...removals.faults(), ...(await typedFaults(world)))
    const { passes, crashes, freezes, deeds } = course.counters
    Object.assign(counts, { passes, crashes, freezes, deeds, edits: world.ledger.edits().length, ...callsOf(world) })
    const reached = await world.clock.runUntil(reachedIn(world, course))
    return resultOf(world, { violations, missing: end.missing, counts, reached })
  } finally {
    await world.store.close()
  }
}

function resultOf(
  world: World,
  of: Pick<SimulationResult, 'violations' | 'missing' | 'counts' | 'reached'>,
): SimulationResult {
  return {
    seed: world.seed,
    scenario: world.scenario.name,
    ...of,
    trace: world.book.lines(),
    digest: world.book.digest(),
  }
}

function callsOf({ traffic }: World) {
  return {
    zohoCalls: traffic.calls.zoho,
    xeroCalls: traffic.calls.xero,
    writes: traffic.writes.zoho + traffic.writes.xero,
  }
}

type Watched = Pick<Weather, 'beforeApply' | 'afterApply'>

async function typedFaults(world: World): Promise<readonly Violation[]> {
  const faults = recordedFaults(world.payments, world.removals, await readStates(world.company))
  return faults.filter(({ ids }) => !ids.some((id) => world.apart.has(id)))
}

/** Every call stands in the book as it is applied. */
function noted(world: World, watches: readonly Watched[]): Watched {
  return {
    beforeApply(call, isLate) {
      const { method, headers, body } = call.request
      const sent = method === 'GET' ? headers['if-modified-since'] : body
      world.book.note(`call ${call.number} ${isLate ? 'late ' : ''}${call.side} ${method} ${call.target} ${sent ?? ''}`)
      return inTurn(world, async () => {
        for (const watch of watches) await watch.beforeApply(call, isLate)
      })
    },
    afterApply: (call, isLate) =>
      inTurn(world, async () => {
        for (const watch of watches) await watch.afterApply(call, isLate)
      }),
  }
}

/**
 * Whoever looks on takes a while, though no time passes: what else happens in this instant must not get ahead of it,
 * or the seed would go another way for being watched. So both go on when the turn comes that was taken before.
 */
async function inTurn(world: World, look: () => Promise<void>): Promise<void> {
  const turn = new Promise<void>((resolve) => world.clock.schedule(0, resolve))
  await look()
  await turn
}

interface Sky {
  readonly course: Course
  readonly fair: Weather
}

function stormOver(world: World, { course, fair }: Sky): Weather {
  const { scenario, streams, book, clock } = world
  return {
    ...fair,
    troubleFor: (call) => troubleOf(scenario, streams.trouble, call),
    struck: (call, trouble) =>
      book.note(`call ${call.number} ${call.side} ${call.request.method} ${call.target}: ${describeTrouble(trouble)}`),
    async afterApply(call, isLate) {
      await fair.afterApply(call, isLate)
      if (scenario.people.robot > 0 && call.isWrite) await course.robots.answer(call.side, call.request.body ?? '')
    },
    async onWay(life, call, leg) {
      if (life.isDead()) return
      if (happens(streams.days, scenario.rates.deedOnWay) && (await course.people.doSomething()))
        course.counters.deeds += 1
      if (!happens(streams.crash, scenario.rates.crash)) return
      if (happens(streams.crash, FROZEN_SHARE)) {
        const ms = freezeMs(world)
        book.note(`freeze for ${Math.round(ms / 1000)} s, call ${call.number} on its way ${leg}`)
        life.freeze(new Promise((resolve) => clock.schedule(ms, resolve)))
        return
      }
      book.note(`crash, call ${call.number} on its way ${leg}`)
      life.kill()
    },
    async onStore(life, name, way) {
      if (life.isDead() || !happens(streams.crash, scenario.rates.crash * STORE_SHARE)) return
      book.note(`crash, ${way} ${name}`)
      life.kill()
    },
  }
}
