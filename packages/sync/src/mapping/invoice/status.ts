import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { type FieldRule, holdFor, mapped, type WriteVerdict } from '../contract.ts'
import { zohoField } from '../limits.ts'
import { asText, textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide } from '../rule.ts'
import { locked, WRITE } from '../verdicts.ts'
import { isPaidInCrm } from './arrival.ts'

/** Zoho's own words (zoho-crm.md 4: no word for paid). Orgs may add others, which then have no meaning to us. */
const ZOHO_STATUSES = ['Created', 'Approved', 'Delivered', 'Cancelled'] as const
type ZohoStatus = (typeof ZOHO_STATUSES)[number]

/**
 * The value table as a relation (R21f, R36b): what Zoho may show for a Xero status. The first one is written when none
 * of them stands there.
 */
const SHOWN_AS: Readonly<Record<string, readonly [ZohoStatus, ...ZohoStatus[]]>> = {
  DRAFT: ['Created', 'Approved', 'Delivered'],
  SUBMITTED: ['Created', 'Approved', 'Delivered'],
  AUTHORISED: ['Approved', 'Delivered'],
  PAID: ['Approved', 'Delivered'],
  VOIDED: ['Cancelled'],
  DELETED: ['Cancelled'],
}

/** After the first sync the invoice follows the Xero status (R36b); a new one gets its arrival status (R24). */
export function statusRule({ invoice }: ConnectionSettings): FieldRule {
  return fieldRule({
    field: 'status',
    label: { zoho: 'Status', xero: 'Status' },
    direction: 'xeroToZoho',
    policy: 'xero',
    zoho: {
      role: 'main',
      read: (view) => (view.main === null ? null : textAt(view.main.fields, 'Status')),
      accept(other, { reference }) {
        const status = SHOWN_AS[asText(other)]?.[0]
        if (status === undefined)
          return holdFor('unmappedStatus', `No Zoho status is chosen for ${asText(other)} of Xero`)
        const choices = zohoField(reference, 'Invoices', 'Status')?.picklist ?? []
        if (choices.length === 0 || choices.includes(status)) return mapped(status)
        return holdFor('unmappedStatus', `Zoho's Status has no value ${status} any more`)
      },
      write: (value) => ({ Status: value }),
    },
    xero: readOnlySide((view) => (view.main === null ? null : xeroStatus(view.main))),
    corresponds: (zoho, xero) =>
      (SHOWN_AS[asText(xero)]?.some((shown) => shown === zoho) ?? false) ||
      (isPaidInCrm(asText(zoho), invoice) && !CANCELLED.has(asText(xero))),
    apart: (zoho, xero) => statusApart(asText(zoho), asText(xero)),
  })
}

/** The CRM's own word for paid stands while Xero has not cancelled the invoice: Zoho's other words say less. */
const CANCELLED: ReadonlySet<string> = new Set(['VOIDED', 'DELETED'])

/** A status typed in the CRM never moves the books: a person says which of the two is right (R36, R71b). */
function statusApart(zoho: string, xero: string): WriteVerdict {
  if (!isKnownZohoStatus(zoho)) return WRITE
  const said = `Zoho CRM shows ${zoho === '' ? 'no status' : zoho}`
  return xero === 'AUTHORISED' || xero === 'PAID'
    ? locked(
        'recordLocked',
        `${said}, but Xero has locked this: it is ${xero}. Undo the approval or payment or void it in Xero, or set the status back in Zoho CRM`,
      )
    : locked('statusNotAllowed', `${said}, but it is ${xero} in Xero. Change it in Xero, or set it back in Zoho CRM`)
}

/** A status of the org's own is never overwritten: nobody told us what it means. */
export function isKnownZohoStatus(status: string): boolean {
  return status === '' || ZOHO_STATUSES.some((known) => known === status)
}

export function xeroStatus(record: RemoteRecord): string {
  return textAt(record.fields, 'Status')
}
