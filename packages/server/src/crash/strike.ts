import { setTimeout as wait } from 'node:timers/promises'
import { createChance } from '@tandem/sandbox'
import type { CrashPlace } from './crash-case.ts'
import { MINUTE_MS, SECOND_MS } from './hours.ts'
import { isListening, operationsOf, type Scene, startTandem, untilListening } from './scene.ts'
import { type TandemProcess, until } from './tandem-process.ts'
import { recordWrites } from './writes.ts'

/** A point that is not reached in this time is not reached. */
const REACH_PATIENCE_MS = 45 * SECOND_MS
const TOKENS_EXPIRED_MS = 61 * MINUTE_MS

/** Lets the product run into the point; throws when it never gets there. */
export async function strike(scene: Scene, hit: number): Promise<void> {
  const { place } = scene.of
  if (place === 'random') return killTwice(scene)
  if (place === 'C11' || place === 'C12') await scene.hours.pass(TOKENS_EXPIRED_MS)
  if (place === 'C6') slowWrites(scene)
  const process = startTandem(scene, { TANDEM_CRASH_AT: `${place}:${hit}` })
  await provoke(scene, process)
  if (place === 'C18') return stopHalfway(scene, process)
  const isGone = await process.untilGone(REACH_PATIENCE_MS)
  if (isGone && process.signal() === 'SIGKILL') return
  process.kill('SIGKILL')
  throw new Error(`${place}:${hit} was never reached; the process ${isGone ? 'ended' : 'went on'}: ${process.said()}`)
}

/** Some points lie on no road that the product walks by itself at its start. */
const PROVOCATIONS: Partial<Readonly<Record<CrashPlace, (scene: Scene) => Promise<unknown>>>> = {
  C1: (scene) => scene.people.touch(),
  C14: async (scene) =>
    (await operationsOf(scene)).startTask({ connectionId: scene.prepared.connectionId, until: 'sync', sweep: true }),
  // The process dies before it answers.
  C16: async (scene) => (await operationsOf(scene)).approve(scene.prepared.planId),
}

async function provoke(scene: Scene, process: TandemProcess): Promise<void> {
  const act = PROVOCATIONS[scene.of.place]
  if (act === undefined) return
  // A notification that comes again while the process starts may strike before it says that it listens.
  if (!(await isListening(process)) && process.signal() === 'SIGKILL') return
  await untilListening(process)
  await act(scene)
}

const HELD_MS = { even: 1_000, odd: 3_000 } as const
const MANY = 100

/** The sandboxes take their time before they handle a write, so that the process dies or freezes while they have it (C6, C17). */
export function slowWrites({ of, stand }: Scene): void {
  const effect = { type: 'slow', delayMs: isOdd(of.seed) ? HELD_MS.odd : HELD_MS.even } as const
  const { zoho, xero } = stand.sandboxes
  for (const method of ['POST', 'PUT']) {
    zoho.sandbox.control.faults.add({ effect, method, path: '^/crm/v8/[A-Z]', skip: 0, times: MANY })
    xero.sandbox.control.faults.add({ effect, method, path: '^/api.xro/', skip: 0, times: MANY })
  }
}

/** Odd seeds restart while the remote still has the request; even ones find it done. */
export function isOdd(seed: number): boolean {
  return seed % 2 === 1
}

/** Writes that a sandbox has received and not answered yet. */
export function heldWrites({ stand }: Scene): number {
  return recordWrites(stand.sandboxes).filter(
    ({ status, responseBody, durationMs }) => status === 'dropped' && responseBody === '' && durationMs === 0,
  ).length
}

const HANDLED_PATIENCE_MS = 15 * SECOND_MS

/** What they hold, they handle late; whatever comes now, at once. */
export function quickAgain({ stand }: Scene): void {
  const { zoho, xero } = stand.sandboxes
  for (const { sandbox } of [zoho, xero]) sandbox.control.faults.clear()
}

/** Until the sandboxes have done what they hold. */
export async function untilHandled(scene: Scene): Promise<void> {
  await until(() => heldWrites(scene) === 0, HANDLED_PATIENCE_MS)
}

const LATEST_KILL_MS = 1_500
const STOP_PATIENCE_MS = 15 * SECOND_MS

/** Asked to stop by the point itself. Two of three seeds lose patience, the third sees that it does end by itself. */
async function stopHalfway({ of }: Scene, process: TandemProcess): Promise<void> {
  if (!(await process.untilSaid(/Stopping\./, REACH_PATIENCE_MS))) {
    process.kill('SIGKILL')
    throw new Error(`C18 was never reached: ${process.said()}`)
  }
  if (of.seed % 3 !== 0) {
    await wait(createChance(of.seed).int(0, LATEST_KILL_MS))
    process.kill('SIGKILL')
  }
  if (await process.untilGone(STOP_PATIENCE_MS)) return
  process.kill('SIGKILL')
  throw new Error('asked to stop in the middle of a batch, the process did not end')
}

const KILL_AFTER_MS = { from: 300, to: 3_500 } as const

/** A second crash meets what the first one left. */
async function killTwice(scene: Scene): Promise<void> {
  const chance = createChance(scene.of.seed)
  for (const _time of [1, 2]) {
    const process = startTandem(scene)
    await wait(chance.int(KILL_AFTER_MS.from, KILL_AFTER_MS.to))
    process.kill('SIGKILL')
    await process.untilGone(STOP_PATIENCE_MS)
  }
}
