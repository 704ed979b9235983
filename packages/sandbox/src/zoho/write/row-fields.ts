import type { JsonObject } from '../model/json.ts'
import type { Module } from '../model/modules.ts'
import type { AppliedTax, Row, Value } from '../model/record.ts'
import { mandatoryNotFound, type Problem } from '../problem.ts'
import { type Coerced, coerceScalar, type Spot } from './coerce.ts'
import { coerceDiscount } from './discount.ts'
import { coerceLookup, coerceTaxes } from './references.ts'
import type { OrgView } from './view.ts'

export interface RowInput {
  readonly view: OrgView
  readonly module: Module
  readonly path: string
  /** The row that is patched; undefined for a new one. */
  readonly before: Row | undefined
}

export interface RowFields {
  readonly values: Record<string, Value>
  readonly taxes: readonly AppliedTax[] | undefined
  readonly problems: Problem[]
}

/** Judges the sent fields of one row against the subform's metadata; unknown and read-only ones are ignored. */
export function fieldsOfRow(input: RowInput, raw: JsonObject): RowFields {
  const values: Record<string, Value> = {}
  const problems: Problem[] = []
  let taxes: readonly AppliedTax[] | undefined
  for (const field of input.module.fields) {
    const value = raw[field.apiName]
    if (value === undefined || field.readOnly) continue
    const spot: Spot = { field, path: `${input.path}.${field.apiName}` }
    if (field.kind === 'linetax') {
      const outcome = coerceTaxes(value, spot.path, input.view)
      if (outcome.ok) taxes = outcome.taxes
      else problems.push(outcome.problem)
      continue
    }
    if (field.apiName === 'Sequence_Number' && input.view.rules.sequenceNumber === 'ignored') continue
    const outcome = coerceRowField(spot, value, input.view)
    if (outcome.ok) values[field.apiName] = outcome.value
    else problems.push(outcome.problem)
  }
  return {
    values: withoutEmptyNumbers(values),
    taxes,
    problems: [...missingFields(input, { raw, values }), ...problems],
  }
}

function coerceRowField(spot: Spot, value: unknown, view: OrgView): Coerced {
  switch (spot.field.kind) {
    case 'lookup':
      return coerceLookup(spot, value, view)
    case 'discount':
      return coerceDiscount(spot, value, view.rules)
    default:
      return coerceScalar(spot, value, view.rules)
  }
}

/** A null quantity or price means "not given": the default applies, as for an absent key. */
function withoutEmptyNumbers(values: Record<string, Value>): Record<string, Value> {
  const { Quantity, List_Price, ...others } = values
  return {
    ...others,
    ...(Quantity === undefined || Quantity === null ? {} : { Quantity }),
    ...(List_Price === undefined || List_Price === null ? {} : { List_Price }),
  }
}

function missingFields(
  input: RowInput,
  sent: { readonly raw: JsonObject; readonly values: Record<string, Value> },
): Problem[] {
  return input.module.fields
    .filter((field) => field.mandatory)
    .filter((field) =>
      sent.raw[field.apiName] === undefined ? input.before === undefined : sent.values[field.apiName] === null,
    )
    .map((field) => mandatoryNotFound(field.apiName, `${input.path}.${field.apiName}`))
}
