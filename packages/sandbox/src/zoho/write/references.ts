import { isWellFormedId } from '../model/ids.ts'
import { idText, isArray, isObject } from '../model/json.ts'
import type { OrgTax } from '../model/org.ts'
import type { AppliedTax } from '../model/record.ts'
import { invalidData, type Problem } from '../problem.ts'
import { accepted, type Coerced, coerceNumber, rejected, type Spot, wrongType } from './coerce.ts'
import type { OrgView } from './view.ts'

/** A lookup needs the id of a live record; a name alone finds nothing (zoho-crm.md 9 trap 12). */
export function coerceLookup(spot: Spot, raw: unknown, view: OrgView): Coerced {
  if (raw === null || raw === '') return accepted(null)
  const isBare = typeof raw === 'string' || typeof raw === 'number'
  if (isBare && view.rules.bareLookupId === 'rejected') return wrongType(spot, 'jsonobject')
  if (!isBare && !isObject(raw)) return wrongType(spot, 'jsonobject')
  const id = idText(isObject(raw) ? raw.id : raw)
  if (id === undefined || !isWellFormedId(id)) return rejected(spot, { expected_data_type: 'bigint' })
  if (spot.field.kind === 'ownerlookup') {
    return view.org.users.some((user) => user.id === id) ? accepted(id) : rejected(spot)
  }
  const target = spot.field.lookup
  return target !== undefined && view.find(target, id) !== undefined ? accepted(id) : rejected(spot)
}

/** ISO code of an active org currency; in a single-currency org the key means nothing (zoho-crm.md 9 trap 19). */
export function coerceCurrencyCode(spot: Spot, raw: unknown, view: OrgView): Coerced | 'ignored' {
  if (view.rules.multiCurrency === 'off') return view.rules.currencyWhenOff === 'ignored' ? 'ignored' : rejected(spot)
  if (raw === null || raw === '') return accepted(view.org.currencies[0].code)
  if (typeof raw !== 'string') return wrongType(spot, 'picklist')
  const codes = view.org.currencies.map((currency) => currency.code)
  return codes.includes(raw) ? accepted(raw) : rejected(spot, { supported_values: codes })
}

export function coerceExchangeRate(spot: Spot, raw: unknown, view: OrgView): Coerced | 'ignored' {
  if (view.rules.multiCurrency === 'off') return view.rules.currencyWhenOff === 'ignored' ? 'ignored' : rejected(spot)
  if (raw === null) return 'ignored'
  const outcome = coerceNumber(spot, raw, view.rules)
  return outcome.ok && typeof outcome.value === 'number' && outcome.value <= 0 ? rejected(spot) : outcome
}

/** Products.Tax: org taxes by id or by their text (zoho-crm.md 4 Products). */
export function coerceProductTax(spot: Spot, raw: unknown, view: OrgView): Coerced {
  if (raw === null) return accepted([])
  if (!isArray(raw)) return wrongType(spot, 'jsonarray')
  const ids: string[] = []
  for (const [index, one] of raw.entries()) {
    const tax = productTaxOf(one, view.org.taxes)
    if (tax === undefined) return rejected({ ...spot, path: `${spot.path}[${index}]` })
    ids.push(tax.id)
  }
  return accepted(ids)
}

function productTaxOf(raw: unknown, taxes: readonly OrgTax[]): OrgTax | undefined {
  if (typeof raw === 'string') return taxes.find((tax) => tax.name === raw || productTaxText(tax) === raw)
  if (!isObject(raw)) return undefined
  const id = idText(raw.id)
  if (id !== undefined) return taxes.find((tax) => tax.id === id)
  return productTaxOf(raw.value, taxes)
}

export function productTaxText(tax: OrgTax): string {
  return `${tax.name} - ${Number.isInteger(tax.value) ? `${tax.value}.0` : tax.value} %`
}

export type TaxOutcome =
  | { readonly ok: true; readonly taxes: readonly AppliedTax[] }
  | { readonly ok: false; readonly problem: Problem }

/** `Line_Tax` or `$line_tax`: each entry names an org tax by id or exact name (zoho-crm.md 4.2). */
export function coerceTaxes(raw: unknown, path: string, view: OrgView): TaxOutcome {
  const apiName = path.slice(path.lastIndexOf('.') + 1)
  if (raw === null) return { ok: true, taxes: [] }
  if (!isArray(raw)) {
    return refusal({ expected_data_type: 'jsonarray', api_name: apiName, json_path: path })
  }
  const taxes: AppliedTax[] = []
  for (const [index, one] of raw.entries()) {
    const tax = taxNamed(one, view.org.taxes)
    if (tax === undefined) {
      if (view.rules.unknownTaxName === 'ignored') continue
      return refusal({ api_name: apiName, json_path: `${path}[${index}]` })
    }
    if (view.rules.alteredTaxRate === 'rejected' && isObject(one) && isOther(one.percentage, tax.value)) {
      return refusal({ api_name: 'percentage', json_path: `${path}[${index}].percentage` })
    }
    taxes.push({ id: tax.id, percentage: tax.value, value: 0 })
  }
  return { ok: true, taxes }
}

function refusal(details: Record<string, unknown>): TaxOutcome {
  return { ok: false, problem: invalidData(details) }
}

function isOther(percentage: unknown, orgValue: number): boolean {
  return percentage !== undefined && percentage !== null && percentage !== orgValue
}

function taxNamed(raw: unknown, taxes: readonly OrgTax[]): OrgTax | undefined {
  if (!isObject(raw)) return undefined
  const id = idText(raw.id)
  return id === undefined ? taxes.find((tax) => tax.name === raw.name) : taxes.find((tax) => tax.id === id)
}
