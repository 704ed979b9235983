import { parentPort } from 'node:worker_threads'
import type { SeedJob } from './campaign.ts'
import { runJob } from './run-job.ts'

/** One thread of a campaign: a job in, its report out. */
parentPort?.on('message', async (job: SeedJob) => {
  const report = await runJob(job)
  parentPort?.postMessage(report)
})
