import type { ApiCall } from '../api/route.ts'
import type { Module } from '../model/modules.ts'
import type { StoredRecord } from '../model/record.ts'
import { type ApiAnswer, invalidParam } from '../problem.ts'

const CHOICES = ['false', 'true', 'both']

/**
 * `converted=false|true|both`: converted leads are not in the default lists (zoho-crm.md 3.1, 3.7). Undefined when
 * every record is listed.
 */
export function convertedFilter(
  call: ApiCall,
  module: Module,
): ((record: StoredRecord) => boolean) | undefined | ApiAnswer {
  const choice = call.query.get('converted') ?? 'false'
  if (!CHOICES.includes(choice)) return invalidParam('converted', { supported_values: CHOICES })
  if (module.apiName !== 'Leads' || choice === 'both') return undefined
  return (record) => isConverted(record) === (choice === 'true')
}

export function isConverted(lead: StoredRecord): boolean {
  return lead.values.Converted__s === true
}
