import { setTimeout as wait } from 'node:timers/promises'
import type { Progress } from '@tandem/sync/engine.ts'
import type { Connection, QueueJob } from '@tandem/sync/store/contract.ts'
import { renewZoho } from '../connect/channels.ts'
import { digestWebhooks } from '../hooks/digest.ts'
import { walkOnce } from '../operations/walk.ts'
import type { Tandem } from '../tandem.ts'
import { DIGEST_JOB, DIGEST_KEY, isPassJob, type PassJobName, passFor, RENEW_JOB } from './jobs.ts'
import { createTimers } from './timers.ts'

/** Walks connections by itself: after webhooks, on schedule, and after a restart. Any number of workers may share a database. */
export interface Worker {
  start(): Promise<void>
  stop(): Promise<void>
}

export interface WorkerParts {
  readonly tandem: Tandem
  /** Sees the progress of every pass, for the live lines. */
  readonly listener: (connectionId: string, event: Progress) => void
  /** How often both sides of an idle connection are polled. */
  readonly pollMs: number
}

const TICK_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** Sundays at three, in UTC. */
const WEEKLY = '0 3 * * 0'
const RECENT_RUNS = 20
const BUSY_RETRY_MS = 1_000
/** The most that stopping waits for a pass: what it leaves open is settled at the next start. */
const STOP_PATIENCE_MS = 5_000

export function createWorker(parts: WorkerParts): Worker {
  const { tandem } = parts
  const { queue, connections } = tandem.store
  const timers = createTimers((error) => tandem.log.bug('worker', error))
  const send = (name: string, key: string) => queue.send({ name, key, data: null })

  async function everyReady(job: (connection: Connection) => Promise<void>): Promise<void> {
    const ready = (await connections.list()).filter((one) => one.state === 'ready')
    await Promise.all(ready.map(job))
  }

  /** Several workers share the polling: who comes first does it. */
  async function pollWhenDue(connection: Connection): Promise<void> {
    const now = tandem.clock.now()
    const polls = (await tandem.store.reports.runs(connection.id, RECENT_RUNS)).filter(
      (run) => run.trigger === 'schedule',
    )
    if (polls.some((run) => run.startedAt > now - parts.pollMs * 0.8)) return
    const isHourly = polls.some((run) => run.scope.kinds.includes('item') && run.startedAt > now - HOUR_MS * 0.9)
    await send(isHourly ? 'pass.changes' : 'pass.lists', connection.id)
  }

  async function daily(connection: Connection): Promise<void> {
    await queue.schedule('pass.sweep', WEEKLY, connection.id)
    await send(RENEW_JOB, connection.id)
  }

  async function handle(job: QueueJob): Promise<void> {
    if (isPassJob(job.name)) return pass(job.name, job.key)
    if (job.name === DIGEST_JOB) return digest()
    if (job.name === RENEW_JOB) return renew(job.key)
    tandem.log.warn('unknownJob', { name: job.name })
  }

  async function digest(): Promise<void> {
    for (const { connectionId, afterMs, job } of await digestWebhooks(tandem)) {
      timers.after(afterMs, () => send(job, connectionId))
    }
  }

  async function renew(connectionId: string): Promise<void> {
    const connection = await connections.get(connectionId)
    if (connection?.state !== 'ready') return
    const outcome = await renewZoho(tandem, connection)
    if (outcome.type === 'failed') tandem.log.warn('channelNotRenewed', { connectionId, reason: outcome.reason })
  }

  const retrying = new Set<string>()

  /** Not through the queue: there, a job of the same name that died with its process blocks it until its beats are missed. */
  function retryWhenFree(name: PassJobName, connectionId: string): void {
    const key = `${name} ${connectionId}`
    if (retrying.has(key)) return
    retrying.add(key)
    timers.after(BUSY_RETRY_MS, () => {
      retrying.delete(key)
      return pass(name, connectionId)
    })
  }

  async function pass(name: PassJobName, connectionId: string): Promise<void> {
    const connection = await connections.get(connectionId)
    if (connection === undefined) return
    const request = passFor(name, connection, await planToResume(tandem, connection))
    if (request === null) return
    const walked = await walkOnce(tandem, request, (event) => parts.listener(connectionId, event))
    if (walked.type === 'problem') return
    const again = againAfter(walked.value.type === 'interrupted' ? walked.value.retryAt - tandem.clock.now() : null)
    if (walked.value.type === 'busy') retryWhenFree(name, connectionId)
    if (again !== null) timers.after(again, () => send(name, connectionId))
  }

  return {
    async start() {
      await queue.start(handle)
      timers.every(TICK_MS, () => everyReady((one) => send('pass.recover', one.id)))
      timers.every(parts.pollMs, () => everyReady(pollWhenDue))
      timers.every(DAY_MS, () => everyReady(daily))
      timers.every(HOUR_MS, () => tandem.store.tidy())
      // What happened while nobody looked; from here, not from the queue, whose heartbeat takes longer than we may.
      timers.after(0, () => everyReady((one) => pass('pass.lists', one.id)))
      timers.after(0, () => everyReady(daily))
      timers.after(0, () => send(DIGEST_JOB, DIGEST_KEY))
    },
    async stop() {
      timers.stop()
      await Promise.race([queue.stop(), wait(STOP_PATIENCE_MS, undefined, { ref: false })])
    },
  }
}
const LEAST_WAIT_MS = 1_000
const MOST_WAIT_MS = 3_600_000

function againAfter(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, milliseconds))
}

/** A first sync that a person approved, whether it was begun or not. */
async function planToResume(tandem: Tandem, connection: Connection): Promise<string | null> {
  if (connection.firstSyncDone) return null
  const plans = await tandem.store.reports.plans(connection.id)
  return plans.find((plan) => plan.state === 'applying' || plan.state === 'approved')?.id ?? null
}
