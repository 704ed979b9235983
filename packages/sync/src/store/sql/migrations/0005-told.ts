import type { Migration } from './migration.ts'

/** What the deleted feed has told of already: it repeats its last rows with every poll (zoho-crm.md 3.7). */
export const told: Migration = {
  name: '0005-told',
  statements: [`alter table tandem.cursor add column told jsonb not null default '[]'`],
}
