import type { ReferenceData } from '../../model/reference.ts'
import { decimalValue, type ValueObject } from '../../model/value.ts'
import { isZero } from '../decimal.ts'
import { textAt } from '../record-fields.ts'

/** What people read on the document; also how we know our line again. */
const DESCRIPTION = 'Rounding'

/** The organisation's rounding account, whatever its code (xero.md 4.8). */
export function roundingAccount({ xero }: ReferenceData) {
  return xero.accounts.find((account) => account.systemAccount === 'ROUNDING' && account.status === 'ACTIVE')
}

/** Our visible rounding line. It mirrors Zoho's Adjustment as a total, not as a row: lines.read leaves it out. */
export function isRoundingLine(row: ValueObject, reference: ReferenceData): boolean {
  if (textAt(row, 'Description') !== DESCRIPTION || textAt(row, 'ItemCode') !== '') return false
  const code = roundingAccount(reference)?.code
  return code !== undefined && textAt(row, 'AccountCode') === code
}

/** null where Xero has no rounding account or no tax of 0 % for it. */
export function roundingLine(amount: string, reference: ReferenceData): ValueObject | null {
  const account = roundingAccount(reference)
  if (account === undefined) return null
  const rate = reference.xero.taxRates.find((one) => one.taxType === account.taxType)
  if (rate !== undefined && !isZero(rate.effectiveRate)) return null
  return {
    Description: DESCRIPTION,
    Quantity: decimalValue('1'),
    UnitAmount: decimalValue(amount),
    AccountCode: account.code,
    ...(account.taxType === '' ? {} : { TaxType: account.taxType }),
  }
}
