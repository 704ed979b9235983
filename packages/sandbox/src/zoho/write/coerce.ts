import { Big } from 'big.js'
import type { Field } from '../model/field.ts'
import { isPlainDate, parseInstant } from '../model/instants.ts'
import { isArray } from '../model/json.ts'
import { rounded } from '../model/money.ts'
import type { Value } from '../model/record.ts'
import { invalidData, type Problem } from '../problem.ts'
import type { WriteRules } from './rules.ts'

export type Coerced = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem }

/** Where a value stands: the field, and its path for the error body. */
export interface Spot {
  readonly field: Field
  readonly path: string
}

export const accepted = (value: Value): Coerced => ({ ok: true, value })

export function rejected(spot: Spot, more: Record<string, unknown> = {}): Coerced {
  return { ok: false, problem: invalidData({ ...more, api_name: spot.field.apiName, json_path: spot.path }) }
}

export function wrongType(spot: Spot, expected: string): Coerced {
  return rejected(spot, { expected_data_type: expected })
}

const EMAIL = /^[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>().]{2,}$/
const FOUR_BYTES = /[\u{10000}-\u{10FFFF}]/u

/** Checks a scalar against its field and turns it into what is stored (zoho-crm.md 3.14, 3.15). */
export function coerceScalar(spot: Spot, raw: unknown, rules: WriteRules): Coerced {
  if (raw === null || raw === '') return accepted(null)
  switch (spot.field.kind) {
    case 'text':
    case 'textarea':
    case 'phone':
    case 'website':
    case 'email':
      return coerceText(spot, raw, rules)
    case 'integer':
      return typeof raw === 'number' && Number.isInteger(raw) ? withinDigits(spot, raw) : wrongType(spot, 'integer')
    case 'bigint':
      return coerceBigint(spot, raw)
    case 'double':
    case 'percent':
    case 'currency':
      return coerceNumber(spot, raw, rules)
    case 'boolean':
      return typeof raw === 'boolean' ? accepted(raw) : wrongType(spot, 'boolean')
    case 'date':
      return typeof raw === 'string' && isPlainDate(raw) ? accepted(raw) : wrongType(spot, 'date')
    case 'datetime': {
      const instant = typeof raw === 'string' ? parseInstant(raw, rules.zuluInput) : undefined
      return instant === undefined ? wrongType(spot, 'datetime') : accepted(instant)
    }
    case 'picklist':
      return coercePick(spot, raw, rules)
    case 'multiselectpicklist':
      return coerceSeveral(spot, raw, rules)
    default:
      return accepted(null)
  }
}

function coerceText(spot: Spot, raw: unknown, rules: WriteRules): Coerced {
  if (typeof raw !== 'string') return wrongType(spot, spot.field.kind === 'email' ? 'email' : 'text')
  if (raw.length > spot.field.length) return rejected(spot, { maximum_length: spot.field.length })
  if (spot.field.kind === 'email' && !EMAIL.test(raw)) return wrongType(spot, 'email')
  if (rules.emoji === 'rejected' && FOUR_BYTES.test(raw)) return rejected(spot)
  return accepted(raw)
}

function coerceBigint(spot: Spot, raw: unknown): Coerced {
  const text = typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : raw
  return typeof text === 'string' && /^-?\d{1,18}$/.test(text) ? accepted(text) : wrongType(spot, 'bigint')
}

export function coerceNumber(spot: Spot, raw: unknown, rules: WriteRules): Coerced {
  if (typeof raw !== 'number' || !Number.isFinite(raw)) return wrongType(spot, 'double')
  const amount = new Big(raw)
  if (amount.abs().gte(`1e${spot.field.length}`)) return rejected(spot, { maximum_length: spot.field.length })
  return accepted(rounded(amount, spot.field.decimals, rules.rounding))
}

function withinDigits(spot: Spot, raw: number): Coerced {
  return String(Math.abs(raw)).length > spot.field.length
    ? rejected(spot, { maximum_length: spot.field.length })
    : accepted(raw)
}

function coercePick(spot: Spot, raw: unknown, rules: WriteRules): Coerced {
  if (typeof raw !== 'string') return wrongType(spot, 'picklist')
  if (raw === '-None-') return accepted(null)
  const known = spot.field.pickList.map((one) => one.actual)
  if (known.includes(raw) || rules.unknownPicklist === 'stored') return accepted(raw)
  return rejected(spot, { supported_values: known })
}

function coerceSeveral(spot: Spot, raw: unknown, rules: WriteRules): Coerced {
  if (!isArray(raw)) return wrongType(spot, 'jsonarray')
  const values: string[] = []
  for (const one of raw) {
    const outcome = coercePick(spot, one, rules)
    if (!outcome.ok) return outcome
    if (typeof outcome.value === 'string') values.push(outcome.value)
  }
  return accepted(values)
}
