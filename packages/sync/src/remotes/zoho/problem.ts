import type { Code } from '../../model/codes.ts'
import type { RemoteOutcome } from '../../model/outcome.ts'
import { isValueObject, type ValueObject } from '../../model/value.ts'
import { scrub } from './scrub.ts'
import { objectsOf, textOf } from './wire.ts'

/** Zoho's own words for a refusal: `{code, message, details, status: "error"}` (zoho-crm.md 3.15, 7). */
export interface ZohoProblem {
  readonly code: string
  readonly message: string
  readonly details: ValueObject
}

/** Collections that wrap answers; the same refusal comes wrapped or bare (zoho-crm.md 3.15). */
const WRAPPERS = ['data', 'fields', 'watch', 'modules'] as const

/** The request's refusal, bare or in a list. undefined where none is stated, or where some row of it was accepted. */
export function problemOf(body: ValueObject): ZohoProblem | undefined {
  if (typeof body.code === 'string') return readProblem(body)
  const rows = rowsOf(body)
  if (rows.some((row) => row.status === 'success')) return undefined
  // A record may have a field of its own called `code`: inside a list only a stated error counts.
  return readProblem(rows.find((row) => row.status === 'error'))
}

/** The elements of a write's or setting's answer. */
export function rowsOf(body: ValueObject): readonly ValueObject[] {
  return WRAPPERS.flatMap((key) => objectsOf(body[key]))
}

/** A refusal written in this very object. */
export function readProblem(element: ValueObject | undefined): ZohoProblem | undefined {
  if (element === undefined || element.status === 'success') return undefined
  const code = textOf(element.code)
  if (code === '' || code === 'SUCCESS') return undefined
  const details = isValueObject(element.details) ? element.details : {}
  return { code, message: textOf(element.message), details }
}

const NO_RIGHT = ['NO_PERMISSION', 'AUTHORIZATION_FAILED', 'PERMISSION_DENIED']
const NOT_OFFERED = ['NOT_SUPPORTED', 'FEATURE_NOT_ENABLED', 'FEATURE_NOT_SUPPORTED', 'API_NOT_SUPPORTED']

/** A refusal of the whole request, with what a person can do about it. `about` names what was asked, e.g. `Invoices`. */
export function refuseProblem(problem: ZohoProblem, about: string): RemoteOutcome<never> {
  return { type: 'refused', code: requestCode(problem), message: explained(problem, about) }
}

function requestCode(problem: ZohoProblem): Code {
  if (NO_RIGHT.includes(problem.code)) return 'permissionMissing'
  if (problem.code === 'INVALID_MODULE' || NOT_OFFERED.includes(problem.code)) return 'moduleMissing'
  return 'contentRefused'
}

function explained(problem: ZohoProblem, about: string): string {
  const own = problemText(problem)
  if (NO_RIGHT.includes(problem.code)) {
    return `${own}. Ask a Zoho administrator to give the connected user's profile this right for ${about}`
  }
  if (problem.code === 'INVALID_MODULE') {
    return `${own}. The connected user sees no module ${about}: switch it on, or show its tab to the user's profile`
  }
  if (NOT_OFFERED.includes(problem.code)) return `${own}. This Zoho edition does not offer ${about}`
  return `${own} (${about})`
}

/** Zoho's message with its code and what it points at: `invalid data (INVALID_DATA, $.data[0].Email)`. */
export function problemText(problem: ZohoProblem): string {
  const { details } = problem
  const permissions = Array.isArray(details.permissions) ? details.permissions.join(' ') : ''
  const where = textOf(details.json_path) || textOf(details.api_name) || textOf(details.param_name) || permissions
  const limit = textOf(details.maximum_length)
  const facts = [problem.code, where, limit === '' ? '' : `at most ${limit} characters`].filter((part) => part !== '')
  return scrub(`${problem.message || 'Zoho refused'} (${facts.join(', ')})`, '')
}
