import type { Company, CompanyTax } from './contract.ts'

/** The three taxes of an Australian seller. Xero's codes: fact sheet Xero, section 4.9, row AU. */
export const TAXES: readonly CompanyTax[] = [
  { key: 'gst', zohoName: 'GST', percentage: '10', xeroTaxType: 'OUTPUT' },
  { key: 'gstFree', zohoName: 'GST Free', percentage: '0', xeroTaxType: 'EXEMPTOUTPUT' },
  { key: 'export', zohoName: 'Export', percentage: '0', xeroTaxType: 'EXEMPTEXPORT' },
]

/** Base first. Rates are units of foreign currency for 1 AUD, of the size they had in late 2026. */
export const CURRENCIES: Company['currencies'] = [
  { code: 'AUD', name: 'Australian Dollar', symbol: '$', ratePerBase: '1' },
  { code: 'NZD', name: 'New Zealand Dollar', symbol: 'NZ$', ratePerBase: '1.0925' },
  { code: 'USD', name: 'US Dollar', symbol: 'US$', ratePerBase: '0.6580' },
  { code: 'GBP', name: 'British Pound', symbol: '£', ratePerBase: '0.4870' },
]

/** The currency in which a customer of that country is invoiced. */
export function currencyOfCountry(country: string): string {
  switch (country) {
    case 'New Zealand':
      return 'NZD'
    case 'United States':
      return 'USD'
    case 'United Kingdom':
      return 'GBP'
    default:
      return 'AUD'
  }
}
