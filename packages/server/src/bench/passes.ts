import type { BenchEngine } from './engine.ts'
import type { Meter } from './meter.ts'
import type { MeasuredPass } from './result.ts'

const CATCH_UPS_LIMIT = 4
/** What a pass that finds nothing new calls, by the connectors' purposes. */
const POLLING = /\.(list|second|deleted)$/
/** Past the overlap of every poll, as in real life, where the next pass comes minutes later. */
const QUIET_MS = 180_000

interface Parts {
  readonly engine: BenchEngine
  readonly meter: Meter
  /** Lets virtual time pass in which nothing happens. */
  advance(milliseconds: number): Promise<void>
}

/**
 * Plan, approval and writes; then catch-up passes until one has only polled (more than one of them is a finding); then
 * the pass in which nothing has changed.
 */
export async function runPasses({ engine, meter, advance }: Parts): Promise<readonly MeasuredPass[]> {
  const passes: MeasuredPass[] = []
  const measure = async (name: string) => {
    const { result, measured } = await meter.measure(name, () => engine.pass('sync'))
    passes.push(measured)
    return { result, hasOnlyPolled: hasOnlyPolled(measured) }
  }
  const { result } = await measure('plan')
  if (result.type === 'held') {
    await engine.store.reports.approvePlan(result.planId, engine.clock.now())
    await measure('apply')
  }
  for (let round = 1; round <= CATCH_UPS_LIMIT; round += 1) {
    await advance(QUIET_MS)
    if ((await measure(`catch-up ${round}`)).hasOnlyPolled) break
  }
  await advance(QUIET_MS)
  await measure('delta')
  return passes
}

function hasOnlyPolled({ purposes }: MeasuredPass): boolean {
  return Object.keys(purposes).every((purpose) => purpose === 'zoho' || purpose === 'xero' || POLLING.test(purpose))
}
