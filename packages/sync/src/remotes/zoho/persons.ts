import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { COQL_IN, chunksOf, coqlAll, inList } from './coql.ts'
import { refuseProblem, type ZohoProblem } from './problem.ts'
import { type ReadParts, readByIds } from './read.ts'
import { withField } from './wanted-fields.ts'
import { idOf, isZohoId, textOf } from './wire.ts'

/**
 * The sources do not say how COQL compares a lookup by id (zoho-crm.md 3.9): `Account_Name in (...)` or
 * `Account_Name.id in (...)`. Both are tried until one has answered with rows; that one is kept.
 */
const SPELLINGS = ['Account_Name', 'Account_Name.id'] as const

export interface PersonReader {
  /** All Contacts of these Accounts. */
  read(accountIds: readonly string[]): Promise<RemoteOutcome<readonly RemoteRecord[]>>
}

export function createPersonReader(parts: ReadParts): PersonReader {
  const withAccount = { ...parts, fields: withField(parts.fields, 'Contacts', 'Account_Name') }
  let proven: string | undefined

  async function readChunk(accounts: readonly string[]): Promise<RemoteOutcome<readonly RemoteRecord[]>> {
    let refusal: ZohoProblem | undefined
    let isAccepted = false
    for (const spelling of proven === undefined ? SPELLINGS : [proven]) {
      const where = `${spelling} ${inList(accounts)}`
      const outcome = await coqlAll(parts.client, {
        module: 'Contacts',
        fields: [],
        where,
        purpose: 'Contacts.persons',
      })
      if (outcome.type !== 'ok') return outcome
      if (outcome.value.type === 'problem') {
        refusal ??= outcome.value
        continue
      }
      isAccepted = true
      const ids = outcome.value.value.rows.map((row) => textOf(row.id))
      const read = await readByIds(withAccount, 'Contacts', ids)
      if (read.type !== 'ok') return read
      const own = read.value.filter((person) => accounts.includes(idOf(person.fields.Account_Name)))
      if (own.length === 0) continue
      proven = spelling
      return ok(own)
    }
    return isAccepted || refusal === undefined ? ok([]) : refuseProblem(refusal, 'Contacts')
  }

  return {
    async read(accountIds) {
      const persons: RemoteRecord[] = []
      for (const accounts of chunksOf([...new Set(accountIds)].filter(isZohoId), COQL_IN)) {
        const found = await readChunk(accounts)
        if (found.type !== 'ok') return found
        persons.push(...found.value)
      }
      return ok(persons)
    },
  }
}
