import type { ReferenceData } from '../model/reference.ts'
import type { ConnectionSettings } from '../model/settings.ts'
import type { Value } from '../model/value.ts'
import { holdFor, type Mapped, mapped } from './contract.ts'
import { asRows, asText, textAt } from './record-fields.ts'

/** A set of Zoho taxes as one text: sorted ids joined by `+`; '' is "no tax". */
export function zohoTaxKey(rows: Value | undefined): string {
  const ids = asRows(rows).map((row) => textAt(row, 'id'))
  return ids.length < 2 ? (ids[0] ?? '') : taxKeyOf(ids)
}

export function taxKeyOf(ids: readonly string[]): string {
  return [...ids].sort().join('+')
}

export function taxIds(key: string): readonly string[] {
  return key === '' ? [] : key.split('+')
}

/** Sets of Zoho taxes <-> one TaxType, by a person's choice and never by percentage (design section 8, xero.md 4.9). */
export interface TaxMap {
  toXero(zohoKey: string, reference: ReferenceData): Mapped<string>
  /** The first mapping with that TaxType is the chosen inverse. */
  toZoho(taxType: string, reference: ReferenceData): Mapped<string>
}

export function createTaxMap({ taxMap }: ConnectionSettings): TaxMap {
  const byZoho = new Map<string, string>()
  const byXero = new Map<string, string>()
  for (const { zohoTaxIds, xeroTaxType } of taxMap) {
    const key = taxKeyOf(zohoTaxIds)
    if (!byZoho.has(key)) byZoho.set(key, xeroTaxType)
    if (!byXero.has(xeroTaxType)) byXero.set(xeroTaxType, key)
  }
  return {
    toXero(zohoKey, reference) {
      const taxType = byZoho.get(zohoKey)
      return taxType === undefined
        ? holdFor('unmappedTax', `No Xero tax is chosen for ${zohoTaxNames(zohoKey, reference)} of Zoho`)
        : mapped(taxType)
    },
    toZoho(taxType, reference) {
      // A line without a TaxType bears no tax.
      const key = taxType === '' ? '' : byXero.get(taxType)
      return key === undefined
        ? holdFor('unmappedTax', `No Zoho tax is chosen for ${xeroTaxName(taxType, reference)} of Xero`)
        : mapped(key)
    },
  }
}

export function zohoTaxNames(key: string, { zoho }: ReferenceData): string {
  if (key === '') return 'rows without a tax'
  return taxIds(key)
    .map((id) => zoho.taxes.find((tax) => tax.id === id)?.name ?? id)
    .join(' + ')
}

function xeroTaxName(taxType: string, { xero }: ReferenceData): string {
  const rate = xero.taxRates.find((one) => one.taxType === taxType)
  return rate === undefined ? taxType : `${rate.name} (${taxType})`
}

export function isSameTax(
  zoho: Value,
  xero: Value,
  at: { readonly taxes: TaxMap; readonly reference: ReferenceData },
): boolean {
  const [zohoKey, taxType] = [asText(zoho), asText(xero)]
  const onZoho = at.taxes.toZoho(taxType, at.reference)
  if (onZoho.type === 'mapped' && onZoho.value === zohoKey) return true
  const onXero = at.taxes.toXero(zohoKey, at.reference)
  return onXero.type === 'mapped' && onXero.value === taxType
}
