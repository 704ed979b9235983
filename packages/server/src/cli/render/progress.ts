import type { ProgressView } from '../../views/task.ts'
import { cell } from './table.ts'
import { KIND_NAMES, SIDE_NAMES } from './words.ts'

/** Shows how a pass goes: on a terminal one line that changes, elsewhere a plain line per step. */
export interface ProgressDisplay {
  show(event: ProgressView): void
  end(): void
}

export interface Screen {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

export function createProgress(screen: Screen): ProgressDisplay {
  return screen.isTTY === true ? oneLine(screen) : plainLines(screen)
}

function oneLine(screen: Screen): ProgressDisplay {
  const totals = new Map<string, number>()
  let isShown = false
  return {
    show(event) {
      const text = sentence(event, totals)
      if (text === undefined) return
      screen.write(`\r\u001b[2K${text.slice(0, (screen.columns ?? 80) - 1)}`)
      isShown = true
    },
    end() {
      if (isShown) screen.write('\r\u001b[2K')
      isShown = false
    },
  }
}

/** One line a phase, and what was read and planned; writes at every tenth. */
function plainLines(screen: Screen): ProgressDisplay {
  const totals = new Map<string, number>()
  let tenth = -1
  return {
    show(event) {
      const text = sentence(event, totals)
      if (text === undefined || event.type === 'read') return
      if (event.type === 'written') {
        const now = Math.floor((10 * event.done) / Math.max(1, event.total))
        if (now === tenth) return
        tenth = now
      }
      screen.write(`${text}\n`)
    },
    end() {
      for (const [what, count] of totals) screen.write(`read ${count} ${what}\n`)
      totals.clear()
    },
  }
}

function sentence(event: ProgressView, totals: Map<string, number>): string | undefined {
  switch (event.type) {
    case 'phase':
      return PHASES[event.phase]
    case 'read': {
      const what = `${KIND_NAMES[event.kind]} from ${SIDE_NAMES[event.side]}`
      const count = (totals.get(what) ?? 0) + event.records
      totals.set(what, count)
      return `reading: ${count} ${what}`
    }
    case 'planned':
      return `planned ${event.ops} writes of ${KIND_NAMES[event.kind]}, ${event.holds} held`
    case 'written':
      return `writing: ${event.done} of ${event.total}`
    case 'waiting': {
      const seconds = Math.max(0, Math.round((event.untilMs - Date.now()) / 1000))
      return `waiting ${seconds} s for ${SIDE_NAMES[event.side]}: ${cell(event.reason)}`
    }
    case 'op':
    case 'conflict':
    case 'hold':
      return undefined
  }
}

const PHASES: Readonly<Record<Extract<ProgressView, { type: 'phase' }>['phase'], string>> = {
  reference: 'reading both organisations',
  detect: 'looking for changes',
  plan: 'planning',
  guard: 'checking limits',
  apply: 'writing',
  settle: 'settling what was left open',
  done: 'done',
}
