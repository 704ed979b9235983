import { type Failed, PROBLEM_TRAITS } from '../problem.ts'
import type { PassResultView } from '../views/task.ts'

/** 0 done, 1 needs a person (or time), 2 usage or configuration (design section 11). */
export type ExitCode = 0 | 1 | 2

export function exitOfProblem({ problem }: Failed): ExitCode {
  return PROBLEM_TRAITS[problem.code].exit
}

/** A plan that is held is what `plan` is for; for `sync` it needs a person. */
export function exitOfPass(result: PassResultView, asked: 'plan' | 'sync'): ExitCode {
  switch (result.type) {
    case 'done':
      return asked === 'sync' && needsPerson(result) ? 1 : 0
    case 'held':
      return asked === 'plan' ? 0 : 1
    case 'stopped':
      return 2
    case 'interrupted':
      return 1
  }
}

/** Only what this run has opened: what waits since earlier was said then, and `inbox` lists it. */
function needsPerson({ report }: PassResultView): boolean {
  return report !== null && report.opened > 0
}
