import type { Code } from '../../model/codes.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { XeroReference } from '../../model/reference.ts'
import type { AccountPair, ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import { holdFor, type Mapped, mapped } from '../contract.ts'
import { type AccountUse, accountFault } from '../invoice/xero-faults.ts'
import { textAt } from '../record-fields.ts'

/** A product keeps stock where somebody has filled in how much, be it none. */
export function isStocked({ fields }: RemoteRecord): boolean {
  return textAt(fields, 'Qty_in_Stock').trim() !== ''
}

/**
 * The ledger accounts of a new item (R40); later they are the bookkeeper's. Never a tracked item: Xero would count its
 * stock, refuse to sell more than there is, and never let it go again (xero.md 4.2).
 */
export function itemAccounts(
  product: RemoteRecord,
  at: { readonly settings: ConnectionSettings; readonly xero: XeroReference },
): Mapped<ValueObject> {
  const { salesAccountCode, itemAccounts: chosen } = at.settings
  const pair: AccountPair = chosen[isStocked(product) ? 'stocked' : 'unstocked']
  const income = pair.income || salesAccountCode
  for (const [code, use] of [
    [income, 'income'],
    [pair.expense, 'expense'],
  ] as const) {
    const fault = code === '' ? null : accountFault(code, at.xero, use)
    if (fault !== null) return holdFor('accountNotValid', fault)
  }
  return mapped({
    ...(income === '' ? {} : { SalesDetails: { AccountCode: income } }),
    ...(pair.expense === '' ? {} : { PurchaseDetails: { AccountCode: pair.expense } }),
  })
}

/** What is wrong with the four choices, as the settings page and `saveSettings` tell it. */
export function itemAccountFaults(
  { itemAccounts: chosen }: ConnectionSettings,
  xero: XeroReference,
): readonly { readonly code: Code; readonly detail: string }[] {
  const uses: readonly AccountUse[] = ['income', 'expense']
  return [chosen.stocked, chosen.unstocked].flatMap((pair) =>
    uses.flatMap((use) => {
      const fault = pair[use] === '' ? null : accountFault(pair[use], xero, use)
      return fault === null ? [] : [{ code: 'accountNotValid' as const, detail: fault }]
    }),
  )
}
