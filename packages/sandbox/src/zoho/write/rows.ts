import { Big } from 'big.js'
import { idText, isArray, isObject, type JsonObject } from '../model/json.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import { rounded } from '../model/money.ts'
import { numberOf, type Row, type Value } from '../model/record.ts'
import { invalidData, mandatoryNotFound, type Problem } from '../problem.ts'
import { settledDiscount } from './discount.ts'
import { fieldsOfRow, type RowInput } from './row-fields.ts'
import { pricedRow } from './totals.ts'
import type { OrgView } from './view.ts'

/** Rows of a document are limited in the product's settings (zoho-crm.md 4.1). */
const MOST_ROWS = 200

export interface RowsRequest {
  readonly view: OrgView
  /** The subform module. */
  readonly module: Module
  /** The line field's name and where it stands in the body. */
  readonly field: string
  readonly path: string
  readonly existing: readonly Row[]
}

export interface RowsOutcome {
  readonly rows: readonly Row[]
  readonly problems: readonly Problem[]
}

/**
 * Merges sent rows into the existing ones (zoho-crm.md 4.1): with id patches, without id appends, `_delete` removes.
 */
export function mergedRows(request: RowsRequest, raw: unknown): RowsOutcome {
  const { view, path, existing } = request
  if (!isArray(raw)) {
    const details = { expected_data_type: 'jsonarray', api_name: request.field, json_path: path }
    return { rows: existing, problems: [invalidData(details)] }
  }
  const problems: Problem[] = []
  const patched = new Map<string, Row | 'deleted'>()
  const appended: Row[] = []
  for (const [index, one] of raw.entries()) {
    const outcome = mergedRow(request, { raw: one, path: `${path}[${index}]` })
    problems.push(...outcome.problems)
    if (outcome.row === undefined) continue
    if (outcome.replaces === undefined) appended.push(outcome.row)
    else patched.set(outcome.replaces, outcome.isDeleted ? 'deleted' : outcome.row)
  }
  const kept = raw.length === 0 ? [] : keptRows(existing, patched, view.rules.unmentionedRows)
  const rows = numbered([...kept, ...appended], view)
  return { rows, problems: [...problems, ...countProblems(rows, request)] }
}

function keptRows(
  existing: readonly Row[],
  patched: ReadonlyMap<string, Row | 'deleted'>,
  unmentioned: 'kept' | 'dropped',
): Row[] {
  const kept: Row[] = []
  for (const row of existing) {
    const patch = patched.get(row.id)
    if (patch === undefined && unmentioned === 'kept') kept.push(row)
    if (patch !== undefined && patch !== 'deleted') kept.push(patch)
  }
  return kept
}

function countProblems(rows: readonly Row[], request: RowsRequest): Problem[] {
  if (rows.length === 0 && (request.existing.length === 0 || request.view.rules.emptyLines === 'error')) {
    return [mandatoryNotFound(request.field, request.path)]
  }
  if (rows.length <= MOST_ROWS) return []
  const details = { limit: MOST_ROWS, api_name: request.field, json_path: request.path }
  return [{ code: 'LIMIT_EXCEEDED', message: 'subform row limit exceeded', details }]
}

interface MergedRow {
  readonly row?: Row
  readonly replaces?: string
  readonly isDeleted?: true
  readonly problems: readonly Problem[]
}

function mergedRow(request: RowsRequest, one: { readonly raw: unknown; readonly path: string }): MergedRow {
  if (!isObject(one.raw)) {
    const details = { expected_data_type: 'jsonobject', api_name: request.field, json_path: one.path }
    return { problems: [invalidData(details)] }
  }
  const id = idText(one.raw.id)
  const before = request.existing.find((row) => row.id === id)
  if (id !== undefined && before === undefined) {
    return { problems: [invalidData({ api_name: 'id', json_path: `${one.path}.id` })] }
  }
  if (before !== undefined && '_delete' in one.raw) {
    return { row: before, replaces: before.id, isDeleted: true, problems: [] }
  }
  const outcome = filledRow({ view: request.view, module: request.module, path: one.path, before }, one.raw)
  if (outcome.problems.length > 0) return { problems: outcome.problems }
  return before === undefined
    ? { row: outcome.row, problems: [] }
    : { row: outcome.row, replaces: before.id, problems: [] }
}

/** A row with what was sent, defaults for what a new row lacks, and its amounts. */
function filledRow(input: RowInput, raw: JsonObject): { readonly row: Row; readonly problems: readonly Problem[] } {
  const { view, before } = input
  const sent = fieldsOfRow(input, raw)
  const values: Record<string, Value> = {
    ...defaultsOf(view, sent.values.Product_Name),
    ...before?.values,
    ...sent.values,
  }
  const total = rounded(new Big(numberOf(values.Quantity)).times(numberOf(values.List_Price)), 2, view.rules.rounding)
  const discount = values.Discount
  if (typeof discount === 'string' || typeof discount === 'number') {
    values.Discount = settledDiscount(discount, total, view.rules)
  }
  const row: Row = {
    id: before?.id ?? view.nextId(),
    values,
    taxes: sent.taxes ?? before?.taxes ?? [],
    createdMs: before?.createdMs ?? view.nowMs,
    modifiedMs: view.nowMs,
  }
  return { row: pricedRow(row, view.rules.rounding), problems: sent.problems }
}

/** Quantity 1 and the product's price, when the caller sends none (zoho-crm.md 4.1). */
function defaultsOf(view: OrgView, product: Value | undefined): Record<string, Value> {
  const record = typeof product === 'string' ? view.find('Products', product) : undefined
  return { Quantity: 1, List_Price: record?.values.Unit_Price ?? 0, Discount: 0, Description: null }
}

/** Sequence_Number counts from 1; callers move rows with it only when the switch lets them. */
function numbered(rows: readonly Row[], view: OrgView): Row[] {
  const ordered =
    view.rules.sequenceNumber === 'writable'
      ? rows
          .map((row, index) => ({ row, place: Number(row.values.Sequence_Number ?? index + 1) }))
          .sort((a, b) => a.place - b.place)
          .map((one) => one.row)
      : rows
  return ordered.map((row, index) => ({ ...row, values: { ...row.values, Sequence_Number: index + 1 } }))
}

export function lineFieldOf(
  module: Module,
  view: OrgView,
): { readonly name: string; readonly rows: Module } | undefined {
  const name = module.lineField
  const subform = name === undefined ? undefined : fieldOf(module, name)?.subform
  const rows = subform === undefined ? undefined : view.module(subform)
  return name === undefined || rows === undefined ? undefined : { name, rows }
}
