import type { Fault } from './check-value.ts'
import type { Operation } from './spec.ts'
import type { Api } from './specs-folder.ts'

/** One difference between what was sent or answered and what the vendor's file (or the fact sheet) allows. */
export interface Finding {
  readonly api: Api
  readonly direction: 'request' | 'response'
  readonly method: string
  /** The template when the call is known, else the path as sent. */
  readonly path: string
  readonly status: number | undefined
  /** Dotted name in the body, `?name` for a query parameter, '' for the call or the body as a whole. */
  readonly field: string
  readonly problem: Fault['problem'] | 'unknownCall' | 'noBodyExpected' | 'notJson'
  readonly detail: string
  /** What stands in the field; undefined when the finding is about the call as a whole. */
  readonly value: unknown
}

/** What a finding says about its call, apart from the difference itself. */
export type FindingContext = Pick<Finding, 'api' | 'direction' | 'method' | 'path' | 'status'>

export function findingsOf(context: FindingContext, faults: readonly Fault[]): Finding[] {
  return faults.map((fault) => ({ ...context, ...fault }))
}

/** A finding about a call or a body as a whole. */
export function wholeFinding(context: FindingContext, problem: Finding['problem'], detail: string): Finding[] {
  return [{ ...context, field: '', problem, detail, value: undefined }]
}

/** The findings of the operation that fits best: the vendors describe some paths twice. */
export function fewestFindings(
  operations: readonly Operation[],
  check: (operation: Operation) => Finding[],
): Finding[] {
  const [best = []] = operations.map(check).sort((a, b) => a.length - b.length)
  return best
}

/** One line for a test's failure message. */
export function describeFinding(finding: Finding): string {
  const { api, direction, method, path, status, field, problem, detail } = finding
  return `${api} ${direction} ${method} ${path}${status === undefined ? '' : ` ${status}`}: ${field} ${problem} (${detail})`
}
