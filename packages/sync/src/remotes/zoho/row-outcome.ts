import type { Code } from '../../model/codes.ts'
import type { OpVerb } from '../../model/op.ts'
import type { RowOutcome } from '../../model/outcome.ts'
import { isValueList, isValueObject, type ValueObject } from '../../model/value.ts'
import { readInstant } from './instants.ts'
import { problemText, readProblem, type ZohoProblem } from './problem.ts'
import { idOf, isZohoId, objectsOf, textOf } from './wire.ts'

/** One element of a write's answer (zoho-crm.md 3.3, 3.15). A success carries id and version, never fields. */
export function judgeRow(element: ValueObject, verb: OpVerb): RowOutcome {
  const problem = readProblem(element)
  if (problem === undefined) return success(element)
  const [first, all] = unfolded(problem)
  const message = all.map(problemText).join('; ')
  switch (first.code) {
    case 'DUPLICATE_DATA':
      return { type: 'duplicate', field: textOf(first.details.api_name), remoteId: holder(first), message }
    case 'ALREADY_MODIFIED':
    // A lead that was converted meanwhile: what it became is planned instead (zoho-crm.md 3.7).
    case 'CONVERTED_RECORD':
      return { type: 'moved', message }
    case 'INTERNAL_ERROR':
      return { type: 'unknown', code: 'remoteUnavailable', message }
    default:
      return { type: 'refused', code: refusalCode(first, verb), message }
  }
}

function success(element: ValueObject): RowOutcome {
  const details = isValueObject(element.details) ? element.details : {}
  const remoteId = textOf(details.id)
  if (!isZohoId(remoteId)) {
    return { type: 'unknown', code: 'rowMissingInAnswer', message: "A row of Zoho's answer names no record" }
  }
  return { type: 'ok', remoteId, version: readInstant(details.Modified_Time) ?? null, record: null, warnings: [] }
}

/** MULTIPLE_OR_MULTI_ERRORS wraps several: the first decides, all are told. */
function unfolded(problem: ZohoProblem): readonly [ZohoProblem, readonly ZohoProblem[]] {
  if (problem.code !== 'MULTIPLE_OR_MULTI_ERRORS') return [problem, [problem]]
  const inner = objectsOf(problem.details.errors).map(readProblem)
  const readable = inner.filter((one) => one !== undefined)
  return [readable[0] ?? problem, readable.length === 0 ? [problem] : readable]
}

/** Who holds the unique value; null when Zoho does not tell (reduced details). */
function holder(problem: ZohoProblem): string | null {
  const named = idOf(problem.details.duplicate_record) || textOf(problem.details.id)
  return isZohoId(named) ? named : null
}

const BY_CODE: Readonly<Record<string, Code>> = {
  MANDATORY_NOT_FOUND: 'requiredValueMissing',
  EXPECTED_FIELD_MISSING: 'requiredValueMissing',
  DEPENDENT_FIELD_MISSING: 'requiredValueMissing',
  DEPENDENT_MISMATCH: 'valueNotAllowed',
  NOT_ALLOWED: 'valueNotAllowed',
  RECORD_LOCKED: 'recordLocked',
  NOT_APPROVED: 'recordLocked',
  NOT_REVIEWED: 'recordLocked',
  RECORD_IN_BLUEPRINT: 'recordLocked',
  NO_PERMISSION: 'permissionMissing',
  AUTHORIZATION_FAILED: 'permissionMissing',
  INVALID_MODULE: 'moduleMissing',
}

function refusalCode(problem: ZohoProblem, verb: OpVerb): Code {
  return problem.code === 'INVALID_DATA' ? invalidDataCode(problem, verb) : (BY_CODE[problem.code] ?? 'contentRefused')
}

/** Fields whose refusal has a fix of its own. */
const BY_FIELD: Readonly<Record<string, Code>> = {
  Currency: 'currencyNotEnabled',
  Line_Tax: 'taxNotValid',
  Email: 'emailNotValid',
}

function invalidDataCode(problem: ZohoProblem, verb: OpVerb): Code {
  const { details } = problem
  if (verb !== 'create' && pointsAtRecord(problem)) return 'recordGone'
  if (textOf(details.maximum_length) !== '') return 'valueTooLong'
  const special = BY_FIELD[textOf(details.api_name)]
  if (special !== undefined) return special
  const isAboutValue =
    isValueList(details.supported_values) ||
    textOf(details.expected_data_type) !== '' ||
    textOf(details.api_name) !== ''
  return isAboutValue ? 'valueNotAllowed' : 'contentRefused'
}

/** The row's own id, not that of a lookup or of a line: `$.data[3].id`, a path index, or nothing but the message. */
function pointsAtRecord(problem: ZohoProblem): boolean {
  const { details } = problem
  const path = textOf(details.json_path)
  if (path !== '') return /^\$\.data\[\d+\]\.id$/.test(path)
  const field = textOf(details.api_name)
  if (field !== '') return field === 'id'
  return textOf(details.resource_path_index) !== '' || textOf(details.id) !== '' || /\bid\b/.test(problem.message)
}
