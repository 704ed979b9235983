import type { PassResult, Progress } from '@tandem/sync/engine.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { BenchEngine } from './engine.ts'
import type { MeasuredPass, Spent } from './result.ts'

/** Measures one pass at a time: CPU, wall and virtual time per phase, traffic, memory. */
export interface Meter {
  /** To be told of every progress event: phases begin with them. */
  note(event: Progress): void
  measure(name: string, run: () => Promise<PassResult>): Promise<{ result: PassResult; measured: MeasuredPass }>
}

interface Parts {
  readonly clock: Pick<Clock, 'now'>
  engine(): Pick<BenchEngine, 'network' | 'takeStoreTimes'>
}

export function createMeter(parts: Parts): Meter {
  let phases: PhaseSplit | undefined
  return {
    note(event) {
      if (event.type === 'phase') phases?.begin(event.phase)
    },
    async measure(name, run) {
      const { network, takeStoreTimes } = parts.engine()
      network.take()
      takeStoreTimes()
      const startedAt = parts.clock.now()
      const start = sample(parts.clock)
      phases = splitPhases(parts.clock)
      const result = await run()
      const spent = since(start, sample(parts.clock))
      const { traffic, lastWriteAt } = network.take()
      const measured: MeasuredPass = {
        name,
        result: 'code' in result ? `${result.type} ${result.code}` : result.type,
        spent,
        phases: phases.end(),
        traffic,
        purposes: 'report' in result ? { ...result.report.calls } : {},
        storeTimes: takeStoreTimes(),
        lastWriteVirtualMs: lastWriteAt === null ? null : lastWriteAt - startedAt,
        ...memory(),
      }
      return { result, measured }
    },
  }
}

interface PhaseSplit {
  begin(phase: string): void
  end(): Record<string, Spent>
}

function splitPhases(clock: Parts['clock']): PhaseSplit {
  const spent: Record<string, Spent> = {}
  let current = { phase: 'open', at: sample(clock) }
  const close = () => {
    const now = sample(clock)
    spent[current.phase] = sum(spent[current.phase], since(current.at, now))
    return now
  }
  return {
    begin(phase) {
      const at = close()
      current = { phase, at }
    },
    end() {
      close()
      return spent
    },
  }
}

function sample(clock: Parts['clock']): Spent {
  const { user, system } = process.cpuUsage()
  return { wallMs: performance.now(), cpuMs: (user + system) / 1000, virtualMs: clock.now() }
}

function since(start: Spent, end: Spent): Spent {
  return {
    wallMs: end.wallMs - start.wallMs,
    cpuMs: end.cpuMs - start.cpuMs,
    virtualMs: end.virtualMs - start.virtualMs,
  }
}

function sum(one: Spent | undefined, other: Spent): Spent {
  if (one === undefined) return other
  return {
    wallMs: one.wallMs + other.wallMs,
    cpuMs: one.cpuMs + other.cpuMs,
    virtualMs: one.virtualMs + other.virtualMs,
  }
}

/** Peak before the collection, steady after it. */
function memory(): Pick<MeasuredPass, 'peakMb' | 'steadyMb'> {
  const peakMb = process.resourceUsage().maxRSS / 1024
  global.gc?.()
  return { peakMb, steadyMb: process.memoryUsage.rss() / 1024 / 1024 }
}
