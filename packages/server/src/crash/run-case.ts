import { openStore } from '@tandem/sync/store/open-store.ts'
import { readConfig } from '../config.ts'
import { systemChance, systemClock } from '../ports/system.ts'
import type { CaseResult, CrashCase } from './crash-case.ts'
import type { Databases } from './databases.ts'
import { createPeople } from './edits.ts'
import { freeze } from './freeze.ts'
import { createHours, SECOND_MS } from './hours.ts'
import { dieDuringMigration } from './migration.ts'
import { comeToRest, furtherPass } from './rest.ts'
import { type Restarted, restart } from './restart.ts'
import type { Scene } from './scene.ts'
import { type Stage, strikeOf } from './stage.ts'
import { must, openStand, prepare, type Stand } from './stand.ts'
import { heldWrites, isOdd, quickAgain, strike, untilHandled } from './strike.ts'
import { type TandemProcess, until } from './tandem-process.ts'
import { complaintsAtRest } from './verdict.ts'
import { forgetCalls, recordWrites } from './writes.ts'

type Verdict = Pick<CaseResult, 'faults' | 'restartMs'>

/** One crash, from the first sign-in to the verdict. A throw is a failure of the case, and says why. */
export async function runCase(of: CrashCase, databases: Databases): Promise<CaseResult> {
  const started = performance.now()
  const verdict = await judged(of, databases)
  return { of, ...verdict, tookMs: Math.round(performance.now() - started) }
}

async function judged(of: CrashCase, databases: Databases): Promise<Verdict> {
  const database = await databases.fresh(of.database, of.place === 'C15' ? 'none' : 'migrated')
  const processes: TandemProcess[] = []
  const stand = await openStand(of.seed, database)
  try {
    return await play(of, stand, processes)
  } catch (failure) {
    return { faults: [failure instanceof Error ? failure.message : String(failure)], restartMs: null }
  } finally {
    await endAll(processes)
    await stand.close()
    await database.remove()
  }
}

async function play(of: CrashCase, stand: Stand, processes: TandemProcess[]): Promise<Verdict> {
  const { stage, hit } = strikeOf(of.place, of.seed)
  if (stage === 'empty') await dieDuringMigration({ stand, processes }, hit)
  const prepared = await prepare(stand, stage === 'empty' ? 'live' : stage, of.place === 'C1' ? 'on' : 'off')
  const people = createPeople(stand.sandboxes, of.seed)
  const scene: Scene = { of, stand, prepared, hours: createHours(stand.sandboxes), people, processes }
  forgetCalls(stand.sandboxes)
  if (isAlive(stage)) await people.work()
  const restarted = await crashAndRestart(scene, hit)
  const faults = [...(await comeToRest(scene, restarted))]
  const writes = [...recordWrites(stand.sandboxes)]
  faults.push(...(await furtherPass(scene, restarted)), ...(await restarted.afterwards()))
  await endAll(processes)
  const store = await openStoreOf(stand)
  try {
    const { connectionId } = prepared
    const ended = { sandboxes: stand.sandboxes, store, connectionId, edits: people.edits(), writes }
    return { faults: [...faults, ...(await complaintsAtRest(ended))], restartMs: restarted.restartMs }
  } finally {
    await store.close()
  }
}

function isAlive(stage: Stage): boolean {
  return stage === 'live' || stage === 'empty'
}

const HELD_PATIENCE_MS = 10 * SECOND_MS

async function crashAndRestart(scene: Scene, hit: number): Promise<Restarted> {
  const { place, seed } = scene.of
  if (place === 'C17') return freeze(scene, hit)
  if (place !== 'C15') await strike(scene, hit)
  if (place === 'C6') {
    const hasArrived = await until(() => heldWrites(scene) > 0, HELD_PATIENCE_MS)
    if (!hasArrived) throw new Error('C6: no sandbox has received the call that was under way')
    quickAgain(scene)
    // An edit while the remote still has our older value could be lost, and nothing could prevent it (I3's exception).
    if (isOdd(seed)) return restart(scene)
    await untilHandled(scene)
  }
  await scene.people.work()
  return restart(scene)
}

async function endAll(processes: readonly TandemProcess[]): Promise<void> {
  for (const process of processes) if (!process.isGone()) process.kill('SIGKILL')
  await Promise.all(processes.map((process) => process.untilGone(10 * SECOND_MS)))
}

/** The database as the last process left it. */
function openStoreOf({ environment }: Stand) {
  const { dataDir, databaseUrl } = must(readConfig(environment))
  return openStore({
    clock: systemClock,
    chance: systemChance,
    dataDir,
    ...(databaseUrl === null ? {} : { databaseUrl }),
  })
}
