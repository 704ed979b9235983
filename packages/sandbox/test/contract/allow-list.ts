import { checkValue } from './check-value.ts'
import type { Finding } from './finding.ts'
import type { JsonObject } from './json-node.ts'
import type { Api } from './specs-folder.ts'

/** A deviation that a fact sheet of the project states and justifies. */
export interface AllowEntry {
  readonly api: Api
  readonly direction: Finding['direction']
  /** Matched against the path template. */
  readonly path: RegExp
  /** Matched against the finding's field: `Invoices[].DateString`, `?summarizeErrors`. */
  readonly field: RegExp
  /** What must stand there all the same, as an OpenAPI schema. */
  readonly shape: JsonObject
  /** Section of the sheet, and what it says. */
  readonly reason: string
}

/** Entries plus the memory of which of them were needed. */
export interface AllowList {
  /** The findings that no entry covers. */
  forgive(findings: readonly Finding[]): Finding[]
  /** Entries that have covered nothing since the start: to be removed. */
  stale(): readonly AllowEntry[]
}

export function createAllowList(entries: readonly AllowEntry[]): AllowList {
  const used = new Set<AllowEntry>()
  return {
    forgive: (findings) =>
      findings.filter((finding) => {
        const covering = entries.filter((entry) => covers(entry, finding))
        for (const entry of covering) used.add(entry)
        return covering.length === 0
      }),
    stale: () => entries.filter((entry) => !used.has(entry)),
  }
}

function covers(entry: AllowEntry, finding: Finding): boolean {
  const isMeant = entry.api === finding.api && entry.direction === finding.direction
  if (!isMeant || !entry.path.test(finding.path) || !entry.field.test(finding.field)) return false
  const rules = { direction: finding.direction, areNullsFine: false } as const
  return checkValue({ file: '', node: entry.shape }, finding.value, rules).length === 0
}
