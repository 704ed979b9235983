import type { CompanyTax } from '@tandem/sandbox'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings, TaxMapping } from '@tandem/sync/model/settings.ts'

export interface Choice {
  readonly settings: ConnectionSettings
  /** What was chosen, for the person who watches. */
  readonly lines: readonly string[]
}

/** Pages of the demo are edited by hand, one field at a time: two seconds are enough for a half-typed record. */
const DEMO_QUIET_SECONDS = 2
const SALES_ACCOUNT = '200'

/** Chooses for the demo company what a person must choose for a real one. Pure. */
export function chooseForDemo(
  settings: ConnectionSettings,
  reference: ReferenceData,
  taxes: readonly CompanyTax[],
): Choice {
  const chosen = taxes.flatMap((tax): TaxMapping[] => {
    const zoho = reference.zoho.taxes.find((one) => one.name === tax.zohoName)
    return zoho === undefined ? [] : [{ zohoTaxIds: [zoho.id], xeroTaxType: tax.xeroTaxType }]
  })
  const known = new Set(chosen.flatMap((one) => one.zohoTaxIds))
  const rest = settings.taxMap.filter(({ zohoTaxIds }) => !zohoTaxIds.some((id) => known.has(id)))
  const nameOf = (id: string) => reference.zoho.taxes.find((tax) => tax.id === id)?.name ?? id
  const account = reference.xero.accounts.find((one) => one.code === SALES_ACCOUNT)
  return {
    settings: {
      ...settings,
      taxMap: [...chosen, ...rest],
      salesAccountCode: SALES_ACCOUNT,
      addToXero: 'all',
      quietSeconds: DEMO_QUIET_SECONDS,
    },
    lines: [
      `tax map:        ${chosen.map((one) => `${nameOf(one.zohoTaxIds[0] ?? '')} = ${one.xeroTaxType}`).join(', ')}`,
      `sales account:  ${SALES_ACCOUNT} ${account?.name ?? ''}`,
      'Add to Xero:    all invoices (a real connection starts with the ticked ones only)',
      `quiet time:     ${DEMO_QUIET_SECONDS} s`,
    ],
  }
}
