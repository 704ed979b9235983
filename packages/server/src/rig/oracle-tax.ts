/** The seeded company's taxes as a bookkeeper would pair them: by name, never by percentage. */
const XERO_OF_ZOHO: Readonly<Record<string, readonly string[]>> = {
  GST: ['OUTPUT'],
  'GST Free': ['EXEMPTOUTPUT'],
  Export: ['EXEMPTEXPORT'],
}
const UNTAXED = ['', 'NONE', 'BASEXCLUDED']

export function sameTax(zohoNames: readonly string[], xeroTaxType: string): boolean {
  const [name] = zohoNames
  if (name === undefined) return UNTAXED.includes(xeroTaxType)
  return zohoNames.length === 1 && (XERO_OF_ZOHO[name] ?? []).includes(xeroTaxType)
}
