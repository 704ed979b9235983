import { idText, isObject, type JsonObject } from '../model/json.ts'
import { invalidData, type Problem } from '../problem.ts'
import type { LeadConversion } from '../write/convert-lead.ts'

const PATH = '$.data[0]'

/** Body of a lead conversion: existing records by id, the deal's fields, the new owner (zoho-crm.md 2.1, 3.7). */
export function leadConversionOf(raw: unknown): LeadConversion | Problem {
  if (!isObject(raw)) return wrongType('data', PATH)
  const account = referenceOf(raw, 'Accounts')
  const contact = referenceOf(raw, 'Contacts')
  const owner = referenceOf(raw, 'assign_to')
  for (const one of [account, contact, owner]) if ('code' in one) return one
  const { overwrite, Deals } = raw
  if (overwrite !== undefined && typeof overwrite !== 'boolean') {
    const place = { api_name: 'overwrite', json_path: `${PATH}.overwrite` }
    return invalidData({ expected_data_type: 'boolean', ...place })
  }
  if (Deals !== undefined && Deals !== null && !isObject(Deals)) return wrongType('Deals', `${PATH}.Deals`)
  return {
    account: 'code' in account ? undefined : account.id,
    contact: 'code' in contact ? undefined : contact.id,
    owner: 'code' in owner ? undefined : owner.id,
    existing: overwrite === true ? 'overwritten' : 'kept',
    deal: isObject(Deals) ? Deals : undefined,
  }
}

/** `{id}`, a bare id, or nothing. */
function referenceOf(raw: JsonObject, name: string): { readonly id: string | undefined } | Problem {
  const value = raw[name]
  if (value === undefined || value === null) return { id: undefined }
  const id = idText(isObject(value) ? value.id : value)
  if (id !== undefined) return { id }
  return invalidData({ api_name: 'id', json_path: `${PATH}.${name}.id` })
}

function wrongType(name: string, path: string): Problem {
  return invalidData({ expected_data_type: 'jsonobject', api_name: name, json_path: path })
}
