import { type ConstructorOptions, fromPglite, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Value } from '../../model/value.ts'
import type { JobQueue, QueueJob } from '../contract.ts'
import type { SharedPglite } from '../embedded/shared-pglite.ts'
import { keyedTurns } from './keyed-turns.ts'

/** All jobs share one queue, so that an idle worker asks once, not once per kind of job. */
const QUEUE = 'tandem'
const HEARTBEAT_SECONDS = 10
const RETRIES = 3
/** Longest job: a first sync of a large company at 60 calls a minute. The heartbeat finds dead workers long before. */
const EXPIRE_SECONDS = 23 * 3600
const WORKERS = 6
/** pg-boss' minimum. */
const POLL_SECONDS = 0.5
const SUPERVISE_SECONDS = 5

const SETTINGS = {
  schema: 'pgboss',
  superviseIntervalSeconds: SUPERVISE_SECONDS,
  monitorIntervalSeconds: SUPERVISE_SECONDS,
  queueCacheIntervalSeconds: 60,
} as const satisfies ConstructorOptions

export function embeddedQueue(pglite: SharedPglite): JobQueue {
  return bossQueue(() => new PgBoss(embeddedOptions(pglite)))
}

export function postgresQueue(url: string): JobQueue {
  return bossQueue(() => new PgBoss({ ...SETTINGS, connectionString: url, max: 4 }))
}

/** Makes the queue's tables once, for the template of new databases. */
export async function installBoss(pglite: SharedPglite): Promise<void> {
  const boss = new PgBoss({ ...embeddedOptions(pglite), supervise: false, schedule: false })
  boss.on('error', () => undefined)
  await boss.start()
  await makeQueue(boss)
  await boss.stop({ graceful: false })
}

function embeddedOptions(pglite: SharedPglite): ConstructorOptions {
  return { ...SETTINGS, backend: 'pglite', db: fromPglite(pglite) }
}

async function makeQueue(boss: PgBoss): Promise<void> {
  await boss.createQueue(QUEUE, {
    // one waiting and one running job per singleton key
    policy: 'stately',
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retryLimit: RETRIES,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: EXPIRE_SECONDS,
  })
}

/**
 * The contract's queue on pg-boss. Sending starts the boss without workers, so that a process that only serves HTTP can
 * send; `start` adds the workers. One job at a time per key inside this process, and per name and key over all of them:
 * the lane keeps the rest apart.
 */
function bossQueue(make: () => PgBoss): JobQueue {
  let starting: Promise<PgBoss> | undefined
  const turns = keyedTurns()

  async function startBoss(): Promise<PgBoss> {
    const boss = make()
    // pg-boss reports lost connections here and goes on by itself; unheard, they would end the process
    boss.on('error', () => undefined)
    await boss.start()
    await makeQueue(boss)
    return boss
  }

  function started(): Promise<PgBoss> {
    starting ??= startBoss()
    return starting
  }

  return {
    start: async (handler) => {
      const boss = await started()
      const options = { batchSize: 1, localConcurrency: WORKERS, pollingIntervalSeconds: POLL_SECONDS }
      await boss.work(QUEUE, options, async (jobs) => {
        for (const { data } of jobs) {
          const job = JOB.parse(data)
          await turns.run(job.key, () => handler(job))
        }
      })
    },
    send: async (job) => {
      const boss = await started()
      await boss.send(QUEUE, { ...job }, { singletonKey: singletonKey(job) })
    },
    schedule: async (name, cron, key) => {
      const boss = await started()
      const job: QueueJob = { name, key, data: null }
      await boss.schedule(QUEUE, cron, { ...job }, { key: singletonKey(job), singletonKey: singletonKey(job) })
    },
    stop: async () => {
      const boss = await starting
      starting = undefined
      await boss?.stop({ graceful: true, timeout: 30_000 })
    },
  }
}

const VALUE: z.ZodType<Value> = z.lazy(() =>
  z.union([z.string(), z.boolean(), z.null(), z.array(VALUE), z.record(z.string(), VALUE)]),
)
const JOB = z.object({ name: z.string(), key: z.string(), data: VALUE })

function singletonKey({ name, key }: QueueJob): string {
  return `${name}/${key}`
}
