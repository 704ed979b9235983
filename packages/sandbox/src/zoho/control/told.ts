import type { ControlAnswer } from '../../core/control.ts'
import { type Problem, problemBody } from '../problem.ts'
import { renderWhole } from '../read/render.ts'
import type { Outcome } from '../write/outcome.ts'
import type { Person } from './person.ts'

export function refusedAs(problem: Problem): ControlAnswer {
  return { ok: false, message: JSON.stringify(problemBody(problem)) }
}

/** Whether something was in the recycle bin to be worked on. */
export function found(isDone: boolean, recordId: string): ControlAnswer {
  return isDone
    ? { ok: true, result: { id: recordId } }
    : { ok: false, message: `${recordId} is not in the recycle bin` }
}

/** What became of a write, as the caller of an act reads it: the whole record, or the refusal's text. */
export function told(person: Person, moduleName: string, outcome: Outcome): ControlAnswer {
  const { world, user } = person
  switch (outcome.kind) {
    case 'refused':
      return refusedAs(outcome.problem)
    case 'deleted':
      return { ok: true, result: { id: outcome.id } }
    case 'added':
    case 'updated': {
      const module = world.module(moduleName)
      return {
        ok: true,
        result: module === undefined ? {} : renderWhole({ world, user }, module, outcome.record),
      }
    }
  }
}
