import type { BillSettings } from '@tandem/sync/model/bill-settings.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'

/** What is paid where sales bear the other (xero.md 4.9). */
const PAID_TYPES: Readonly<Record<string, string>> = {
  OUTPUT: 'INPUT',
  EXEMPTOUTPUT: 'EXEMPTEXPENSES',
  EXEMPTEXPORT: 'EXEMPTCAPITAL',
}

/** What a person chooses whose approved purchase orders shall become bills (R10c). */
export function suppliedBills({ bill, taxMap }: ConnectionSettings): BillSettings {
  return {
    ...bill,
    orderStatuses: ['Approved'],
    purchaseAccountCode: '453',
    taxMap: taxMap.map(({ zohoTaxIds, xeroTaxType }) => {
      return { zohoTaxIds, xeroTaxType: PAID_TYPES[xeroTaxType] ?? xeroTaxType }
    }),
  }
}
