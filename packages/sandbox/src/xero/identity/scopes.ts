/** Granular scopes (xero.md 1.6). A new app cannot ask for the old broad ones. */
const KNOWN = new Set([
  'openid',
  'profile',
  'email',
  'offline_access',
  ...['contacts', 'invoices', 'payments', 'settings', 'attachments', 'banktransactions', 'manualjournals'].flatMap(
    (name) => [`accounting.${name}`, `accounting.${name}.read`],
  ),
  'accounting.budgets.read',
  'accounting.reports.tenninetynine.read',
  ...[
    'aged',
    'balancesheet',
    'banksummary',
    'budgetsummary',
    'executivesummary',
    'profitandloss',
    'trialbalance',
    'taxreports',
  ].map((name) => `accounting.reports.${name}.read`),
  'paymentservices',
])

export const isKnownScope = (scope: string): boolean => KNOWN.has(scope)

const SETTINGS = ['settings']
/** Any one of these areas lets a call through; items belong to two. */
const AREAS: ReadonlyMap<string, readonly string[]> = new Map([
  ['contacts', ['contacts']],
  ['contactgroups', ['contacts']],
  ['invoices', ['invoices']],
  ['quotes', ['invoices']],
  ['creditnotes', ['invoices']],
  ['purchaseorders', ['invoices']],
  ['items', ['settings', 'invoices']],
  ['payments', ['payments']],
  ['batchpayments', ['payments']],
  ['prepayments', ['payments']],
  ['overpayments', ['payments']],
  ['banktransactions', ['banktransactions']],
  ['accounts', SETTINGS],
  ['taxrates', SETTINGS],
  ['brandingthemes', SETTINGS],
  ['currencies', SETTINGS],
  ['organisation', SETTINGS],
  ['organisations', SETTINGS],
  ['trackingcategories', SETTINGS],
  ['users', SETTINGS],
])

/** Whether the granted scopes cover a call; writing includes reading. Unknown resources pass on to their 404. */
export function covers(granted: readonly string[], resource: string, method: string): boolean {
  const areas = AREAS.get(resource)
  if (areas === undefined) return true
  return areas.some(
    (area) =>
      granted.includes(`accounting.${area}`) || (method === 'GET' && granted.includes(`accounting.${area}.read`)),
  )
}
