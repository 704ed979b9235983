import { createHash } from 'node:crypto'

/** What happened in a simulation, line by line, and a digest of it: the same seed must give the same one (I12). */
export interface LogBook {
  note(line: string): void
  lines(): readonly string[]
  digest(): string
}

export function createLogBook(now: () => number): LogBook {
  const startMs = now()
  const lines: string[] = []
  const hash = createHash('sha256')
  return {
    note(line) {
      const stamped = `${seconds(now() - startMs)} ${line}`
      lines.push(stamped)
      hash.update(stamped)
    },
    lines: () => lines,
    digest: () => hash.copy().digest('hex').slice(0, 16),
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3).padStart(11)}s`
}
