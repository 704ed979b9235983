import type { ConnectionSettings } from '../../model/settings.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy, tidyLines } from '../clean-text.ts'
import { type FieldRule, mapped } from '../contract.ts'
import { isTicked, textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, zohoText } from '../rule.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { ACCOUNT_MODULE } from './account-module.ts'

/**
 * Xero's ledger accounts as reference data of the CRM (R10a, R10b, C8): what Xero says stands there, blanks included, and
 * nothing goes back. xero.md 4.8 has the fields.
 */
export function accountFields({ provisioned }: ConnectionSettings): readonly FieldRule[] {
  const { account } = provisioned
  return [
    ...shown({ field: 'name', key: 'Name', zoho: 'Name', xero: 'Name' }),
    ...shown({ field: 'code', key: account.code, zoho: 'Ledger Code', xero: 'Code' }),
    ...shown({ field: 'type', key: account.type, zoho: 'Ledger Type', xero: 'Type' }),
    ...shown({ field: 'class', key: account.class, zoho: 'Ledger Class', xero: 'Class' }),
    ...shown({ field: 'taxType', key: account.taxType, zoho: 'Ledger Tax Type', xero: 'TaxType' }),
    ...shown({ field: 'status', key: account.status, zoho: 'Ledger Status', xero: 'Status', say: statusName }),
    ...shown({
      field: 'description',
      key: account.description,
      zoho: 'Ledger Description',
      xero: 'Description',
      clean: tidyLines,
      length: 32_000,
    }),
    ...takesPayments(account.takesPayments),
    ...xeroIdRules(ACCOUNT_MODULE, provisioned.xeroId[ACCOUNT_MODULE] ?? '', 'Account ID'),
  ]
}

/** An archived account stays as a record that says so: what was booked on it once names it still. */
export const STATUS_NAMES: Readonly<Record<string, string>> = {
  ACTIVE: 'Active',
  ARCHIVED: 'Archived',
  DELETED: 'Deleted',
}

function statusName(status: string): string {
  return STATUS_NAMES[status] ?? status
}

interface Shown {
  readonly field: string
  /** The CRM field; '' while it is not provisioned: then there is no rule. */
  readonly key: string
  /** As the CRM's screens call it. */
  readonly zoho: string
  /** Xero's own name of the field. */
  readonly xero: string
  readonly clean?: (text: string) => string
  readonly say?: (text: string) => string
  readonly length?: number
}

function shown(spec: Shown): readonly FieldRule[] {
  const { field, key, zoho, xero, clean = tidy, say = (text) => text, length = 255 } = spec
  if (key === '') return []
  return [
    oneWay({
      field,
      label: { zoho, xero },
      zoho: zohoText({ role: 'main', module: ACCOUNT_MODULE, key, length, clean }),
      xero: readOnlySide(({ main }) => (main === null ? null : say(clean(decodeEntities(textAt(main.fields, xero)))))),
    }),
  ]
}

/** A checkbox: may money be received into it (xero.md 4.6)? */
function takesPayments(key: string): readonly FieldRule[] {
  if (key === '') return []
  return [
    oneWay({
      field: 'takesPayments',
      label: { zoho: 'Takes Payments', xero: 'Enable payments to this account' },
      zoho: {
        role: 'main',
        read: ({ main }) => (main === null ? null : isTicked(main.fields, key)),
        accept: (other) => mapped(other === true),
        write: (value): ValueObject => ({ [key]: value === true }),
      },
      xero: readOnlySide(
        ({ main }): Value => (main === null ? null : isTicked(main.fields, 'EnablePaymentsToAccount')),
      ),
    }),
  ]
}

function oneWay(spec: Pick<FieldRule, 'field' | 'label' | 'zoho' | 'xero'>): FieldRule {
  return fieldRule({ ...spec, direction: 'xeroToZoho', policy: 'xero', blankErases: true })
}
