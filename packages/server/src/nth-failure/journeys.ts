import type { PassResult } from '@tandem/sync/engine.ts'
import type { Scenario } from '../simulate/scenario.ts'
import { makeDeltaEdits, makeSavedEdits } from './edits.ts'
import { HOOKED_SCENARIO, STILL_SCENARIO } from './scenario.ts'
import type { Stage } from './stage.ts'

/** A piece of the product's day whose every call is made to fail once. */
export interface Journey {
  readonly name: 'first sync' | 'delta' | 'on save'
  readonly scenario: Scenario
  /** In fair weather, and not counted. */
  prepare(stage: Stage): Promise<void>
  /** Its n-th opportunity fails. */
  walk(stage: Stage): Promise<void>
}

/** Both logins' access tokens have run out by then, so that journeys begin with the token endpoints. */
const TOKENS_OVER_MS = 2 * 60 * 60_000
const TRIES_LIMIT = 6
const BETWEEN_TRIES_MS = 30_000
/** Longer than both vendors take to post a webhook. */
const POST_MS = 20_000

/** Plan, approval, apply, read-back. A person whose command failed gives it again. */
async function syncFirst(stage: Stage): Promise<void> {
  const { course, world } = stage
  for (let tries = 0; tries < TRIES_LIMIT; tries += 1) {
    const result = await stage.tryTo(() => course.manual())
    await stage.tryTo(() => course.desk.approve())
    if ((await stage.tryTo(() => world.connection()))?.firstSyncDone === true) break
    if (result?.type !== 'held') await patience(stage, result)
  }
  await untilDone(stage, 'pass.lists')
}

/** As the worker does: the job comes back when the pass said. */
async function untilDone(stage: Stage, job: 'pass.lists' | 'pass.marks'): Promise<void> {
  for (let tries = 0; tries < TRIES_LIMIT; tries += 1) {
    const result = await stage.tryTo(() => stage.course.walk(job))
    if (result?.type === 'done') return
    await patience(stage, result)
  }
}

function patience(stage: Stage, result: PassResult | undefined): Promise<void> {
  const wait = result?.type === 'interrupted' ? result.retryAt - stage.world.clock.now() : 0
  return stage.pause(Math.max(BETWEEN_TRIES_MS, wait))
}

async function syncedLongAgo(stage: Stage): Promise<void> {
  await syncFirst(stage)
  await stage.pause(TOKENS_OVER_MS)
}

export const JOURNEYS: readonly Journey[] = [
  {
    name: 'first sync',
    scenario: STILL_SCENARIO,
    prepare: (stage) => stage.pause(TOKENS_OVER_MS),
    walk: syncFirst,
  },
  {
    name: 'delta',
    scenario: STILL_SCENARIO,
    async prepare(stage) {
      await syncedLongAgo(stage)
      await makeDeltaEdits(stage)
      await stage.pause(BETWEEN_TRIES_MS)
    },
    walk: (stage) => untilDone(stage, 'pass.lists'),
  },
  {
    name: 'on save',
    scenario: HOOKED_SCENARIO,
    prepare: syncedLongAgo,
    async walk(stage) {
      await makeSavedEdits(stage)
      await stage.pause(POST_MS)
      await stage.tryTo(() => stage.course.digest())
      await stage.pause(POST_MS)
      await untilDone(stage, 'pass.marks')
    },
  },
]
