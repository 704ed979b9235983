import type { LoggedRequest } from '@tandem/sandbox'
import type { BothStates } from '../rig/oracle-state.ts'
import type { Sandboxes } from '../sandboxes/sandboxes.ts'

const ZOHO_RECORDS = /^\/crm\/v\d+\/(Accounts|Contacts|Products|Invoices)$/
const XERO_RECORDS = /^\/api\.xro\/2\.0\/(Contacts|Items|Invoices)/

/** Calls that read or write records: what catching up begins with. Sign-in and the renewal of channels are none. */
function isAboutRecords({ path }: LoggedRequest): boolean {
  return ZOHO_RECORDS.test(path) || XERO_RECORDS.test(path) || /\/(coql|deleted)$/.test(path)
}

/** Calls about records since the logs were last emptied. */
export function recordCalls(sandboxes: Sandboxes): readonly LoggedRequest[] {
  return both(sandboxes).filter(isAboutRecords)
}

export function recordWrites(sandboxes: Sandboxes): readonly LoggedRequest[] {
  return both(sandboxes).filter(
    ({ method, path }) => method !== 'GET' && (ZOHO_RECORDS.test(path) || XERO_RECORDS.test(path)),
  )
}

export function forgetCalls({ zoho, xero }: Sandboxes): void {
  zoho.sandbox.control.log.clear()
  xero.sandbox.control.log.clear()
}

function both({ zoho, xero }: Sandboxes): readonly LoggedRequest[] {
  return [...zoho.sandbox.control.log.list(), ...xero.sandbox.control.log.list()]
}

/** Updates per link (by its Zoho record) that the remotes carried out: the writes of I5. Creates carry no id. */
export function updatesByLink(writes: readonly LoggedRequest[], { zoho }: BothStates): ReadonlyMap<string, number> {
  const { Accounts, Products, Invoices } = zoho.records
  const mains = [...Accounts, ...Products, ...Invoices]
  const linkOf = new Map(mains.flatMap((one) => [[one.id, one.id] as const, [one.Xero_ID, one.id] as const]))
  const counts = new Map<string, number>()
  for (const { body, status } of writes) {
    if (status === 'dropped' || status >= 400) continue
    for (const id of body.match(ID_OF_ROW) ?? []) {
      const link = linkOf.get(id.slice(id.indexOf(':') + 1).replaceAll(/["\s]/g, ''))
      if (link !== undefined) counts.set(link, (counts.get(link) ?? 0) + 1)
    }
  }
  return counts
}

/** The id that an updated row begins with; ids of what it refers to stand deeper under other names or after it. */
const ID_OF_ROW = /(?<=[[,]\{)"(?:id|ContactID|ItemID|InvoiceID)":\s*"[^"]+"/g
