import type { EngineRig } from './engine-rig.ts'

export interface WriteSeen {
  readonly side: 'zoho' | 'xero'
  readonly method: string
  readonly path: string
  readonly body: string
}

/** Record writes that reached the sandboxes, in their order: tokens, reads and field provisioning left out. */
export function writesSeen(rig: Pick<EngineRig, 'zoho' | 'xero'>): readonly WriteSeen[] {
  const zoho = rig.zoho.control.log
    .list()
    .filter(
      ({ method, path }) =>
        ['POST', 'PUT', 'DELETE'].includes(method) &&
        /^\/crm\/v\d+\/(Accounts|Contacts|Leads|Products|Deals|Quotes|Invoices|Vendors|Purchase_Orders|Tasks|Xero\w+)/.test(
          path,
        ),
    )
  const xero = rig.xero.control.log
    .list()
    .filter(({ method, path }) => ['POST', 'PUT', 'DELETE'].includes(method) && path.startsWith('/api.xro/'))
  return [
    ...zoho.map(({ method, path, body }) => ({ side: 'zoho' as const, method, path, body })),
    ...xero.map(({ method, path, body }) => ({ side: 'xero' as const, method, path, body })),
  ]
}

export function forgetRequests(rig: Pick<EngineRig, 'zoho' | 'xero'>): void {
  rig.zoho.control.log.clear()
  rig.xero.control.log.clear()
}
