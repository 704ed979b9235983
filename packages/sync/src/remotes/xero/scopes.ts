/** What we ask a person to consent to, each with the reason that the connection page shows (xero.md 1.6, certification 3). */
export const XERO_SCOPES: Readonly<Record<string, string>> = {
  openid: 'to know which Xero user made the connection: tokens belong to a user, not to an organisation',
  profile: 'to show the name of that user on the connection page',
  email: 'to tell that user when the connection breaks',
  offline_access: 'to go on syncing while nobody is logged in',
  'accounting.contacts': 'to read contacts, and to create and update those that come from the CRM',
  'accounting.invoices':
    'to read and write sales invoices, credit notes and items, bills if you want them, and to see what is paid',
  'accounting.payments':
    'to show each payment with its date, amount and account in the CRM, and to record those that are typed there, only where that is switched on',
  'accounting.settings.read':
    'to read accounts, tax rates, currencies, branding themes and lock dates; never to change them',
}

/** Scopes without which the sync cannot work at all. */
export const REQUIRED_XERO_SCOPES = [
  'offline_access',
  'accounting.contacts',
  'accounting.invoices',
  'accounting.settings.read',
] as const

/** Scopes of a grant that are missing; empty when the remote did not say what it granted (xero.md 1.2). */
export function missingScopes(granted: readonly string[]): readonly string[] {
  return granted.length === 0 ? [] : REQUIRED_XERO_SCOPES.filter((scope) => !granted.includes(scope))
}
