import type { Books } from '../model/books.ts'
import type { AccountRow } from '../model/settings-rows.ts'
import type { Fields } from '../wire/fields.ts'

/** Exact text of xero.md 4.6. */
export const NO_ACCOUNT = 'Account could not be found'

/** An active account by AccountID, else by Code, which not every bank account has (xero.md 4.6). */
export function sentAccount(books: Books, sent: Fields | undefined): AccountRow | undefined {
  const id = sent?.text('AccountID')?.toLowerCase() ?? ''
  const code = sent?.text('Code') ?? ''
  const named = id === '' ? books.accounts.find('code', code)[0] : books.accounts.get(id)
  return named?.status === 'ACTIVE' ? named : undefined
}
