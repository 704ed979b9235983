/** The seeded company's taxes as a bookkeeper would pair them: by name, never by percentage. */
const XERO_OF_ZOHO: Readonly<Record<string, readonly string[]>> = {
  GST: ['OUTPUT'],
  'GST Free': ['EXEMPTOUTPUT'],
  Export: ['EXEMPTEXPORT'],
}
const UNTAXED = ['', 'NONE', 'BASEXCLUDED']

/** The same taxes where they are paid. */
const PAID_OF_ZOHO: Readonly<Record<string, readonly string[]>> = {
  GST: ['INPUT'],
  'GST Free': ['EXEMPTEXPENSES'],
  Export: ['EXEMPTCAPITAL'],
}

export function sameTax(zohoNames: readonly string[], xeroTaxType: string): boolean {
  return isPaired(XERO_OF_ZOHO, zohoNames, xeroTaxType)
}

export function samePaidTax(zohoNames: readonly string[], xeroTaxType: string): boolean {
  return isPaired(PAID_OF_ZOHO, zohoNames, xeroTaxType)
}

function isPaired(
  pairs: Readonly<Record<string, readonly string[]>>,
  zohoNames: readonly string[],
  xeroTaxType: string,
): boolean {
  const [name] = zohoNames
  if (name === undefined) return UNTAXED.includes(xeroTaxType)
  return zohoNames.length === 1 && (pairs[name] ?? []).includes(xeroTaxType)
}
