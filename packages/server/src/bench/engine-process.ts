import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClock } from '@tandem/sandbox'
import { nodeNetwork } from '@tandem/sync/remotes/http/node-network.ts'
import { type BenchEngine, createBenchEngine } from './engine.ts'
import { jobSchema, START_MS } from './job.ts'
import { resultOf } from './job-result.ts'
import { createMeter } from './meter.ts'
import { runPasses } from './passes.ts'
import { startBenchSandboxes } from './sandboxes.ts'

/** One job in a process of its own, so that its peak memory is its own. Sends a JobResult to its parent. */
const job = jobSchema.parse(JSON.parse(process.argv[2] ?? ''))
const startedAt = Date.now()
const clock = createClock({ startMs: START_MS, rate: job.rate })
const sandboxes = await startBenchSandboxes(job, startedAt)
const dataDir = mkdtempSync(join(tmpdir(), 'tandem-bench-'))
try {
  const before = await sandboxes.floor()
  let engine: BenchEngine | undefined
  const meter = createMeter({ clock, engine: () => startedEngine(engine) })
  engine = await createBenchEngine({ job, clock, sandboxes, network: nodeNetwork, dataDir, progress: meter.note })
  const connectXeroCalls = engine.network.take().traffic.xero.calls
  const advance = async (milliseconds: number) => {
    await Promise.all([sandboxes.advance(milliseconds), clock.advance(milliseconds)])
  }
  const passes = await runPasses({ engine, meter, advance })
  process.send?.(await resultOf({ job, engine, sandboxes, before, passes, connectXeroCalls }))
  await engine.close()
} finally {
  clock.stop()
  sandboxes.close()
  rmSync(dataDir, { recursive: true, force: true })
}
process.disconnect()

function startedEngine(engine: BenchEngine | undefined): BenchEngine {
  if (engine === undefined) throw new Error('Measured before the engine was there')
  return engine
}
