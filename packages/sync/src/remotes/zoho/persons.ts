import type { RemoteRecord } from '../../model/record.ts'
import { createLookupReader, type LookupReader } from './by-lookup.ts'
import { type ReadParts, readByIds } from './read.ts'
import { withField } from './wanted-fields.ts'
import { idOf } from './wire.ts'

/** All Contacts of these Accounts. */
export function createPersonReader(parts: ReadParts): LookupReader<RemoteRecord> {
  const withAccount = { ...parts, fields: withField(parts.fields, 'Contacts', 'Account_Name') }
  return createLookupReader(parts.client, {
    module: 'Contacts',
    lookup: 'Account_Name',
    purpose: 'Contacts.persons',
    read: (ids) => readByIds(withAccount, 'Contacts', ids),
    named: (person) => idOf(person.fields.Account_Name),
  })
}
