import type { Field } from '../model/field.ts'
import type { JsonObject } from '../model/json.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import type { AppliedTax, Row, StoredRecord, Value } from '../model/record.ts'
import { RELATED_MODULE } from '../model/task-module.ts'
import { invalidData, mandatoryNotFound, type Problem } from '../problem.ts'
import { type Coerced, coerceScalar, type Spot } from './coerce.ts'
import { dealProblems } from './deal-rules.ts'
import { coerceDiscount } from './discount.ts'
import { coerceCurrencyCode, coerceExchangeRate, coerceLookup, coerceProductTax, coerceTaxes } from './references.ts'
import { lineFieldOf, mergedRows } from './rows.ts'
import { askedField, relatedOf, taskProblems } from './task-rules.ts'
import { uniqueProblems } from './unique.ts'
import type { OrgView } from './view.ts'

export interface Subject {
  readonly view: OrgView
  readonly module: Module
  /** The record that is updated; undefined for an insert. */
  readonly before: StoredRecord | undefined
  /** `$.data[0]`. */
  readonly path: string
}

/** The accepted part of a sent record: only the keys that change. */
export interface Draft {
  readonly values: Record<string, Value>
  readonly owner: string | undefined
  readonly rows: readonly Row[] | undefined
  readonly documentTaxes: readonly AppliedTax[] | undefined
}

export type Judgement = { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly problem: Problem }

/** Keys that a record may carry beside its fields (zoho-crm.md 3.3). */
const RECORD_KEYS = new Set(['id', 'Layout', 'Tag', '$append_values', '$line_tax', RELATED_MODULE])

/** Field-metadata driven validation of one record (zoho-crm.md 3.3, 3.15). */
export function judge(subject: Subject, input: JsonObject): Judgement {
  const problems: Problem[] = unknownKeys(subject, input)
  const values: Record<string, Value> = {}
  let owner: string | undefined
  for (const field of subject.module.fields) {
    const raw = input[field.apiName]
    if (raw === undefined || field.readOnly || field.kind === 'subform') continue
    const spot = { field: askedField(subject, field, input), path: `${subject.path}.${field.apiName}` }
    // Of a lookup whose module nobody has named there is nothing to say but that.
    if (spot.field.kind === 'lookup' && spot.field.lookup === undefined) continue
    const outcome = coerceField(spot, raw, subject.view)
    if (outcome === 'ignored') continue
    if (!outcome.ok) problems.push(outcome.problem)
    else if (field.apiName === 'Owner') owner = typeof outcome.value === 'string' ? outcome.value : undefined
    else values[field.apiName] = outcome.value
  }
  Object.assign(values, relatedOf(subject, input))
  const lines = judgeLines(subject, input)
  const taxes = judgeDocumentTaxes(subject, input)
  problems.push(...missing(subject, { input, values }), ...lines.problems, ...taxes.problems)
  problems.push(...taxDependency(subject, values), ...dealProblems(subject, values), ...taskProblems(subject, input))
  problems.push(...uniqueProblems(subject, values))
  const [first, ...others] = problems
  if (first === undefined) return { ok: true, draft: { values, owner, rows: lines.rows, documentTaxes: taxes.taxes } }
  return { ok: false, problem: others.length === 0 ? first : severalProblems(problems) }
}

/** Several faults in one record come as one element (zoho-crm.md 3.15). */
function severalProblems(problems: readonly Problem[]): Problem {
  return {
    code: 'MULTIPLE_OR_MULTI_ERRORS',
    message: 'multiple errors occurred',
    details: { errors: problems.map((problem) => ({ ...problem, status: 'error' })) },
  }
}

function coerceField(spot: Spot, raw: unknown, view: OrgView): Coerced | 'ignored' {
  if (spot.field.apiName === 'Exchange_Rate') return coerceExchangeRate(spot, raw, view)
  switch (spot.field.kind) {
    case 'lookup':
    case 'ownerlookup':
      return coerceLookup(spot, raw, view)
    case 'producttax':
      return coerceProductTax(spot, raw, view)
    case 'currencycode':
      return coerceCurrencyCode(spot, raw, view)
    case 'discount':
      return coerceDiscount(spot, raw, view.rules)
    default:
      return coerceScalar(spot, raw, view.rules)
  }
}

function unknownKeys(subject: Subject, input: JsonObject): Problem[] {
  if (subject.view.rules.unknownField === 'ignored') return []
  return Object.keys(input)
    .filter((key) => !RECORD_KEYS.has(key) && fieldOf(subject.module, key) === undefined)
    .map((key) => invalidData({ api_name: key, json_path: `${subject.path}.${key}` }))
}

function missing(
  subject: Subject,
  sent: { readonly input: JsonObject; readonly values: Record<string, Value> },
): Problem[] {
  const isMissing = (field: Field) =>
    sent.input[field.apiName] === undefined ? subject.before === undefined : sent.values[field.apiName] === null
  const names = subject.module.fields.filter(
    (field) => field.mandatory && field.kind !== 'subform' && !isRelaxedName(subject, field),
  )
  const problems = names.filter(isMissing).map((field) => mandatory(subject, field))
  return [...problems, ...contactName(subject, sent.values)]
}

function mandatory(subject: Subject, field: Field): Problem {
  const problem = mandatoryNotFound(field.apiName, `${subject.path}.${field.apiName}`)
  return subject.before === undefined ? problem : { ...problem, details: { ...problem.details, id: subject.before.id } }
}

function isRelaxedName(subject: Subject, field: Field): boolean {
  return field.apiName === 'Last_Name' && subject.view.rules.contactNameRule === 'firstOrLast'
}

/** The 2026 rule for contacts and leads: at least one of first and last name (zoho-crm.md 4 Contacts, 12). */
function contactName(subject: Subject, values: Record<string, Value>): Problem[] {
  if (!isPerson(subject.module) || subject.view.rules.contactNameRule === 'lastName') return []
  const names = ['First_Name', 'Last_Name']
  const after = { ...subject.before?.values, ...values }
  if (names.some((name) => typeof after[name] === 'string')) return []
  const expected = names.map((name) => ({ api_name: name, json_path: `${subject.path}.${name}` }))
  return [
    { code: 'EXPECTED_FIELD_MISSING', message: 'expected field not found', details: { expected_fields: expected } },
  ]
}

/** Modules whose records are named by a first and a last name. */
export function isPerson(module: Module): boolean {
  return module.apiName === 'Contacts' || module.apiName === 'Leads'
}

function judgeLines(
  subject: Subject,
  input: JsonObject,
): { readonly rows: readonly Row[] | undefined; readonly problems: readonly Problem[] } {
  const line = lineFieldOf(subject.module, subject.view)
  if (line === undefined) return { rows: undefined, problems: [] }
  const raw = input[line.name]
  const path = `${subject.path}.${line.name}`
  if (raw === undefined || raw === null) {
    const isInsert = subject.before === undefined
    return { rows: undefined, problems: isInsert ? [mandatoryNotFound(line.name, path)] : [] }
  }
  const existing = subject.before?.rows ?? []
  return mergedRows({ view: subject.view, module: line.rows, field: line.name, path, existing }, raw)
}

function judgeDocumentTaxes(
  subject: Subject,
  input: JsonObject,
): { readonly taxes: readonly AppliedTax[] | undefined; readonly problems: readonly Problem[] } {
  const raw = input.$line_tax
  if (raw === undefined || subject.module.lineField === undefined) return { taxes: undefined, problems: [] }
  const outcome = coerceTaxes(raw, `${subject.path}.$line_tax`, subject.view)
  return outcome.ok ? { taxes: outcome.taxes, problems: [] } : { taxes: undefined, problems: [outcome.problem] }
}

/** Products only accept taxes when Taxable is true (zoho-crm.md 4.2). */
function taxDependency(subject: Subject, values: Record<string, Value>): Problem[] {
  const tax = values.Tax
  if (subject.module.apiName !== 'Products' || typeof tax !== 'object' || tax === null || tax.length === 0) return []
  if ({ ...subject.before?.values, ...values }.Taxable === true) return []
  const at = (name: string) => ({ api_name: name, json_path: `${subject.path}.${name}` })
  const details = { dependee: at('Taxable'), ...at('Tax') }
  return [{ code: 'DEPENDENT_MISMATCH', message: 'the dependent value does not match', details }]
}
