import { collectionsOf } from '../../model/kind.ts'
import type { RecordRef, RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { lookupIdAt } from '../record-fields.ts'

/**
 * A person who was a customer alone, before companies became the customers: the company that it belongs to takes its
 * place (R13). null where persons are customers, and for one without a company.
 */
export function companyOfPerson(record: RemoteRecord, settings: ConnectionSettings): RecordRef | null {
  const [collection] = collectionsOf('contact', 'zoho', settings.customerModel)
  if (record.side === 'xero' || record.collection !== 'Contacts' || collection === 'Contacts') return null
  const remoteId = lookupIdAt(record.fields, 'Account_Name')
  return remoteId === '' ? null : { side: 'zoho', collection, remoteId }
}
