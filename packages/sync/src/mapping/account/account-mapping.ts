import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import {
  type CreateExtras,
  type CrossReference,
  holdFor,
  type KindMapping,
  type LinkContext,
  type Lookup,
  type Mapped,
  type MappingContext,
  mapped,
  type SideView,
} from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { GO, skipByLife, WRITE } from '../verdicts.ts'
import { accountFields } from './account-fields.ts'
import { ACCOUNT_MODULE } from './account-module.ts'

/** A ledger account of Xero and its record in the CRM, which is there to be looked up (R10a, R10b, C8). */
export function accountMapping(settings: ConnectionSettings): KindMapping {
  return {
    kind: 'account',
    fields: withOverrides('account', accountFields(settings), settings),
    lines: null,
    persons: null,
    skip,
    crossReference: partnerReference,
    // A record that somebody typed under the same name is theirs: only our own id joins.
    matchKeys: () => [],
    suggestKeys: () => [],
    lookups: accountLookups,
    parents: () => [],
    title,
    createExtras,
    mayWrite: () => WRITE,
    check: () => GO,
  }
}

function skip(record: RemoteRecord): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null || record.side === 'zoho') return byLife
  return textAt(record.fields, 'Status') === 'DELETED' ? 'cancelled' : null
}

/** `200 Sales`; a bank account may have no code (xero.md 4.8). */
function title({ side, fields }: RemoteRecord): string {
  return side === 'zoho' ? textAt(fields, 'Name') : `${textAt(fields, 'Code')} ${textAt(fields, 'Name')}`.trim()
}

function xeroIdField({ provisioned }: ConnectionSettings): string {
  return provisioned.xeroId[ACCOUNT_MODULE] ?? ''
}

function partnerReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  const field = xeroIdField(settings)
  const remoteId = record.side === 'xero' || field === '' ? '' : textAt(record.fields, field).trim()
  return remoteId === '' ? null : { type: 'partner', remoteId }
}

function accountLookups(target: Side, { main }: SideView, { settings }: MappingContext): readonly Lookup[] {
  const field = xeroIdField(settings)
  if (target === 'xero' || main === null || field === '') return []
  return [{ collection: ACCOUNT_MODULE, key: { field, value: main.id } }]
}

/** Xero gets no account from here: the chart of accounts is the bookkeeper's (xero.md 8, checkpoint 6). */
function createExtras(target: Side, source: SideView, { settings }: LinkContext): Mapped<CreateExtras> {
  if (source.main === null) return holdFor('recordGone', 'The source record is gone')
  if (target === 'xero') return holdFor('valueNotAllowed', 'Ledger accounts are kept in Xero, not in the CRM')
  const field = xeroIdField(settings)
  if (field === '')
    return holdFor('fieldMissing', `Zoho ${ACCOUNT_MODULE} has no Xero ID field yet: connect provisions it`)
  return mapped({ payload: { [field]: source.main.id }, naturalKey: { field, value: source.main.id } })
}
