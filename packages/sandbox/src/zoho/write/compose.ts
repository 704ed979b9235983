import type { Module } from '../model/modules.ts'
import { decimal } from '../model/money.ts'
import type { Row, StoredRecord, Value } from '../model/record.ts'
import { RELATED_MODULE } from '../model/task-module.ts'
import { defaultPipeline } from './deal-rules.ts'
import { settledDiscount } from './discount.ts'
import { type Draft, isPerson } from './judge.ts'
import { calculatedTask } from './task-rules.ts'
import { pricedDocument } from './totals.ts'
import type { OrgView } from './view.ts'

/** A new record from an accepted draft. */
export function inserted(
  module: Module,
  draft: Draft,
  by: { readonly view: OrgView; readonly userId: string },
): StoredRecord {
  const { view, userId } = by
  const id = view.nextId()
  const values: Record<string, Value> = {}
  for (const field of module.fields) values[field.apiName] = draft.values[field.apiName] ?? emptyValue(field.kind)
  if (module.autoNumber !== undefined) values[module.autoNumber] = view.nextId()
  if (module.apiName === 'Deals') values.Pipeline = draft.values.Pipeline ?? defaultPipeline(module)?.actual ?? null
  if (module.apiName === 'Products') values.Product_Active = draft.values.Product_Active ?? true
  const related = draft.values[RELATED_MODULE]
  if (related !== undefined) values[RELATED_MODULE] = related
  const record: StoredRecord = {
    id,
    values: { ...values, ...currencyOf(draft, undefined, view) },
    rows: draft.rows ?? [],
    documentTaxes: draft.documentTaxes ?? [],
    createdMs: view.nowMs,
    modifiedMs: view.nowMs,
    createdBy: userId,
    modifiedBy: userId,
    owner: draft.owner ?? userId,
  }
  return calculated(module, record, view)
}

function emptyValue(kind: string): Value {
  if (kind === 'boolean') return false
  return kind === 'multiselectpicklist' || kind === 'producttax' ? [] : null
}

/** An existing record with a draft applied; null when nothing moves and the switch says such updates leave no trace. */
export function updated(
  module: Module,
  change: { readonly before: StoredRecord; readonly draft: Draft },
  by: { readonly view: OrgView; readonly userId: string },
): StoredRecord {
  const { before, draft } = change
  const { view, userId } = by
  const record: StoredRecord = {
    ...before,
    values: { ...before.values, ...draft.values, ...currencyOf(draft, before, view) },
    rows: draft.rows ?? before.rows,
    documentTaxes: draft.documentTaxes ?? before.documentTaxes,
    owner: draft.owner ?? before.owner,
  }
  const after = calculated(module, record, view)
  const fields = affectedFields(module, before, after)
  if (fields.length === 0 && view.rules.noopBumpsModified === 'no') return before
  const onlyLines = fields.length > 0 && draft.rows !== undefined && Object.keys(draft.values).length === 0
  if (onlyLines && view.rules.lineEditBumpsParent === 'no') return after
  return { ...after, modifiedMs: view.nowMs, modifiedBy: userId }
}

/** What Zoho fills in by itself: names, totals, expected revenue. */
function calculated(module: Module, record: StoredRecord, view: OrgView): StoredRecord {
  if (isPerson(module)) {
    const names = [record.values.First_Name, record.values.Last_Name].filter((name) => typeof name === 'string')
    return { ...record, values: { ...record.values, Full_Name: names.join(' ') } }
  }
  if (module.lineField === undefined) return calculatedTask(module, record, view)
  const priced = pricedDocument(record, view.rules)
  const discount = priced.values.Discount
  if (typeof discount !== 'string') return { ...record, ...priced }
  const subTotal = Number(priced.values.Sub_Total)
  return {
    ...record,
    ...priced,
    values: { ...priced.values, Discount: settledDiscount(discount, subTotal, view.rules) },
  }
}

/** Currency and its rate, frozen per record unless they are sent (zoho-crm.md 5, 9 trap 19). */
function currencyOf(draft: Draft, before: StoredRecord | undefined, view: OrgView): Record<string, Value> {
  if (view.rules.multiCurrency === 'off') return {}
  const sent = draft.values.Currency
  const code = sent ?? before?.values.Currency ?? view.org.currencies[0].code
  const isSame = before !== undefined && before.values.Currency === code
  const known = isSame ? before.values.Exchange_Rate : undefined
  const rate = draft.values.Exchange_Rate ?? known ?? orgRate(String(code), view)
  return { Currency: code, Exchange_Rate: rate }
}

function orgRate(code: string, view: OrgView): number {
  const rate = decimal(view.org.currencies.find((currency) => currency.code === code)?.ratePerBase)
  if (rate === undefined || rate.eq(0)) return 1
  const shown = view.rules.exchangeRate === 'foreignPerBase' ? rate : decimal('1')?.div(rate)
  return (shown ?? rate).round(9).toNumber()
}

/** Api names of the fields that differ, as callbacks name them (zoho-crm.md 6.2). */
export function affectedFields(module: Module, before: StoredRecord, after: StoredRecord): readonly string[] {
  const names = module.fields
    .map((field) => field.apiName)
    .filter((name) => !isSameValue(before.values[name], after.values[name]))
  if (before.owner !== after.owner) names.push('Owner')
  if (module.lineField !== undefined && !areSameRows(before.rows, after.rows)) names.push(module.lineField)
  return names
}

function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  const left = a ?? null
  const right = b ?? null
  return left === right || (typeof left === 'object' && JSON.stringify(left) === JSON.stringify(right))
}

function areSameRows(before: readonly Row[], after: readonly Row[]): boolean {
  const plain = (rows: readonly Row[]) => JSON.stringify(rows.map((row) => [row.id, row.values, row.taxes]))
  return before === after || plain(before) === plain(after)
}
