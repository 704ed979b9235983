import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

export type Api = 'xero' | 'zoho'

const REPOSITORY = resolve(import.meta.dirname, '../../../..')

/** Where the vendors' OpenAPI files lie: `TANDEM_SPECS_DIR`, else a folder beside the checkout. They are not ours to ship. */
export const SPECS_FOLDER = resolve(REPOSITORY, process.env.TANDEM_SPECS_DIR ?? '../shared/specs')

/** The files read for each API, relative to the folder. */
export const SPEC_FILES: Readonly<Record<Api, readonly string[]>> = {
  xero: ['xero/xero_accounting.yaml', 'xero/xero-identity.yaml'],
  zoho: [
    'attachments',
    'bulk_read',
    'composite_requests',
    'coql',
    'currencies',
    'fields',
    'inventory_convert',
    'layouts',
    'modules',
    'notes',
    'notifications',
    'org',
    'pick_list_values',
    'record',
    'record_count',
    'recycle_bin',
    'related_lists',
    'related_records',
    'tags',
    'users',
    'variables',
  ].map((name) => `zoho-crm-v8/${name}.json`),
}

/** Describes what Xero sends, not what it is asked: no operations, so it is not one of the files above. */
export const WEBHOOK_FILE = 'xero/xero-webhooks.yaml'

/** Says aloud on standard output which file is missing, so that a skipped contract test is never mistaken for a passed one. */
export function areSpecsMissing(): boolean {
  const missing = [...SPEC_FILES.xero, WEBHOOK_FILE, ...SPEC_FILES.zoho].filter(
    (file) => !existsSync(resolve(SPECS_FOLDER, file)),
  )
  if (missing.length === 0) return false
  const some = missing.slice(0, 3).join(', ')
  process.stdout.write(
    `SKIPPED contract tests: no ${some} in ${SPECS_FOLDER}. Put the vendors' OpenAPI files there or set TANDEM_SPECS_DIR.\n`,
  )
  return true
}
