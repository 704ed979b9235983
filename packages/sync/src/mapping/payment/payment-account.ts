import type { XeroAccount, XeroReference } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { holdFor, type Mapped, mapped } from '../contract.ts'

/** The account that was chosen for payments: a bank account, or one that takes payments, in use (xero.md 4.6). */
export function paymentAccount(
  { paymentAccountCode }: Pick<ConnectionSettings, 'paymentAccountCode'>,
  xero: XeroReference,
): Mapped<XeroAccount> {
  if (paymentAccountCode === '')
    return holdFor('paymentAccountMissing', 'No Xero account is chosen for payments (paymentAccountCode)')
  const account = xero.accounts.find(
    ({ code, accountId }) =>
      code === paymentAccountCode || accountId.toLowerCase() === paymentAccountCode.toLowerCase(),
  )
  if (account === undefined) return holdFor('accountNotValid', `Xero has no ledger account ${paymentAccountCode}`)
  const name = `Ledger account ${account.code === '' ? account.name : `${account.code} ${account.name}`}`
  if (account.status !== 'ACTIVE')
    return holdFor('accountNotValid', `${name} is ${account.status.toLowerCase()} in Xero`)
  if (account.type !== 'BANK' && account.takesPayments !== true)
    return holdFor('accountNotValid', `${name} is no bank account, and takes no payments in Xero`)
  return mapped(account)
}
