import { type CaseResult, type CrashCase, isLate, PLACES } from './crash-case.ts'

/** A line per point and database: cases, failures, restarts that took too long, and the 95th of a hundred. */
export function tableOf(results: readonly CaseResult[]): readonly string[] {
  const groups = PLACES.flatMap((place) =>
    (['embedded', 'postgres'] as const).map((database) =>
      results.filter(({ of }) => of.place === place && of.database === database),
    ),
  ).filter((group) => group.length > 0)
  return [line(['point', 'database', 'cases', 'failures', 'late', 'restart p95 ms']), ...groups.map(lineOf)]
}

function lineOf(group: readonly CaseResult[]): string {
  const failures = group.filter(({ faults }) => faults.length > 0).length
  const p95 = percentile(group.flatMap(({ restartMs }) => (restartMs === null ? [] : [restartMs])))
  return line([
    group[0]?.of.place ?? '',
    group[0]?.of.database ?? '',
    String(group.length),
    String(failures),
    String(group.filter(isLate).length),
    p95,
  ])
}

function percentile(values: readonly number[]): string {
  const sorted = [...values].sort((left, right) => left - right)
  return String(sorted[Math.ceil(sorted.length * 0.95) - 1] ?? '-')
}

const WIDTHS = [8, 10, 7, 10, 6, 16]

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index < 2 ? cell.padEnd(WIDTHS[index] ?? 0) : cell.padStart(WIDTHS[index] ?? 0)))
    .join('')
}

export function nameOf({ place, seed, database }: CrashCase): string {
  return `${place} seed ${seed} ${database}`
}
