import { settingsOf } from '../mapping/bill/as-purchase.ts'
import type { SideView } from '../mapping/contract.ts'
import { createTaxMap, type TaxMap } from '../mapping/tax-map.ts'
import type { ReferenceData } from '../model/reference.ts'
import type { Side } from '../model/side.ts'
import type { PlanInput } from './input.ts'

/** Zoho: sorted tax ids joined by `+`, '' for rows without one. Xero: a TaxType. */
export interface AwaitedTax {
  readonly side: Side
  readonly tax: string
}

/** The field of a product's own tax. */
const TAX_FIELD = 'tax'

/** Every tax, and every combination of taxes, that these records bear and that nobody has mapped (R42a). */
export function unmappedTaxes(views: readonly SideView[], input: PlanInput): readonly AwaitedTax[] {
  const { settings, reference } = input.context
  const taxes = createTaxMap(settingsOf(input.kind, settings))
  const borne = views.flatMap((view) => taxesOf(view, input).map((tax) => ({ side: view.side, tax })))
  const unique = [...new Map(borne.map((one) => [`${one.side}/${one.tax}`, one])).values()]
  return unique.filter((one) => !isMapped(one, taxes, reference))
}

export function isMapped({ side, tax }: AwaitedTax, taxes: TaxMap, reference: ReferenceData): boolean {
  const there = side === 'zoho' ? taxes.toXero(tax, reference) : taxes.toZoho(tax, reference)
  return there.type === 'mapped'
}

function taxesOf(view: SideView, { mapping, context }: PlanInput): readonly string[] {
  if (view.main === null) return []
  const at = { ...context, linkId: '' }
  const own = mapping.fields.find((rule) => rule.field === TAX_FIELD)?.[view.side].read(view, at)
  const lines = view.main.hasLines ? (mapping.lines?.read(view, at) ?? []) : []
  return [...(typeof own === 'string' && own !== '' ? [own] : []), ...lines.map((line) => line.value.tax)]
}
