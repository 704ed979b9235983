import type { TaxKey } from './document.ts'

/** The taxes of both organisations, and the table in which a person paired them (R42a). Rates in per cent. */
export const TAXES: Readonly<Record<TaxKey, { readonly zoho: string; readonly rate: string }>> = {
  gst: { zoho: 'GST', rate: '10' },
  gstFree: { zoho: 'GST Free', rate: '0' },
  export: { zoho: 'Export', rate: '0' },
  // Two halves that together are one tax in Xero: each is rounded by itself, so that cents differ.
  state: { zoho: 'State Tax', rate: '5' },
  city: { zoho: 'City Tax', rate: '5' },
  // Xero alone has it: nobody paired it.
  inputTaxed: { zoho: '', rate: '0' },
}

export const XERO_RATES: Readonly<Record<string, string>> = {
  OUTPUT: '10',
  EXEMPTOUTPUT: '0',
  EXEMPTEXPORT: '0',
  BASEXCLUDED: '0',
  INPUTTAXED: '0',
}

/** What a person chose for rows without a tax. */
export const NO_TAX = 'BASEXCLUDED'

/** Sorted names of a row's Zoho taxes, joined, to Xero's TaxType. */
const PAIRED: Readonly<Record<string, string>> = {
  '': NO_TAX,
  GST: 'OUTPUT',
  'GST Free': 'EXEMPTOUTPUT',
  Export: 'EXEMPTEXPORT',
  'City Tax + State Tax': 'OUTPUT',
}

/** undefined: nobody has paired this set. */
export function xeroTaxOf(zohoNames: readonly string[]): string | undefined {
  return PAIRED[[...zohoNames].sort().join(' + ')]
}

/** The one Zoho tax that stands for a TaxType when it comes from Xero; `[]` for no tax, undefined where nobody chose. */
export function zohoTaxesOf(taxType: string): readonly string[] | undefined {
  switch (taxType) {
    case 'OUTPUT':
      return ['GST']
    case 'EXEMPTOUTPUT':
      return ['GST Free']
    case 'EXEMPTEXPORT':
      return ['Export']
    case NO_TAX:
    case '':
      return []
    default:
      return undefined
  }
}

/** What a bookkeeper picks in Xero for a tax of ours. */
export function typedTaxType(taxes: readonly TaxKey[]): string {
  const [key] = taxes
  if (key === undefined) return NO_TAX
  switch (key) {
    case 'gstFree':
      return 'EXEMPTOUTPUT'
    case 'export':
      return 'EXEMPTEXPORT'
    case 'inputTaxed':
      return 'INPUTTAXED'
    case 'gst':
    case 'state':
    case 'city':
      return 'OUTPUT'
  }
}
