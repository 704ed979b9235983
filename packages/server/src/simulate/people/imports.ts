import { editSomething } from './edits.ts'
import type { Town } from './town.ts'

/** More than a page of either vendor. */
const ROWS = 1_000

/** Every company or contact is touched within one second, and somebody edits one of them in that very second. */
export async function importRows(town: Town): Promise<boolean> {
  const isDone =
    town.chance.float() < 0.5
      ? await town.act('zoho', { action: 'bulkTouch', module: 'Accounts', count: ROWS })
      : await town.act('xero', { action: 'bulkTouch', kind: 'contact', count: ROWS })
  if (isDone === undefined) return false
  return editSomething(town)
}
