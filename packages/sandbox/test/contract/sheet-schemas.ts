import type { Located } from './documents.ts'
import type { JsonObject } from './json-node.ts'
import type { Api } from './specs-folder.ts'

/**
 * What the vendors' files leave out and the fact sheets describe, written as OpenAPI. A name in the margin is a section
 * of the sheet of that API.
 */

const TEXT = { type: 'string' } as const
const NUMBER = { type: 'number' } as const
const FLAG = { type: 'boolean' } as const
const TEXTS = { type: 'array', items: TEXT } as const

function object(properties: JsonObject): JsonObject {
  return { type: 'object', properties }
}

function list(items: JsonObject): JsonObject {
  return { type: 'array', items }
}

function json(schema: JsonObject): JsonObject {
  return { content: { 'application/json': { schema } } }
}

function query(...names: string[]): JsonObject[] {
  return names.map((name) => ({ in: 'query', name }))
}

const PERSON = object({ id: TEXT, name: TEXT, zuid: TEXT, email: TEXT })
const NAMED_PLACE = object({ api_name: TEXT, json_path: TEXT, param_name: TEXT })

/** 3.1, 3.15, 5 and 7: the keys that `details` of a refusal may have; the last two are the file's, for other calls. */
const ZOHO_ERROR_DETAILS = object({
  api_name: TEXT,
  json_path: TEXT,
  id: TEXT,
  param_name: TEXT,
  resource_path_index: NUMBER,
  expected_data_type: TEXT,
  maximum_length: NUMBER,
  supported_values: { type: 'array' },
  range: {},
  regex: TEXT,
  limit: NUMBER,
  permissions: TEXTS,
  supported_version: {},
  dependee: NAMED_PLACE,
  layout_rule: object({ id: TEXT, name: TEXT }),
  expected_fields: list(NAMED_PLACE),
  ambiguity_due_to: list(NAMED_PLACE),
  errors: { type: 'array' },
  duplicate_record: {},
  more_records: FLAG,
  action: TEXT,
  dependency_error: {},
  Created_Time: TEXT,
  Modified_Time: TEXT,
  Created_By: PERSON,
  Modified_By: PERSON,
  limit_due_to: list(NAMED_PLACE),
  param_names: TEXTS,
})

const ZOHO_ERROR = object({
  code: TEXT,
  status: { type: 'string', enum: ['error'] },
  message: TEXT,
  details: ZOHO_ERROR_DETAILS,
})

/** 3.15: refusals come bare, or one by one under the name of what was asked. */
const ZOHO_REFUSAL: JsonObject = {
  oneOf: [
    ZOHO_ERROR,
    ...['data', 'fields', 'watch', 'recycle_bin'].map((name) => object({ [name]: list(ZOHO_ERROR) })),
  ],
}

/** 5.3: the problem document of 401 and 403. `Type` is null there. */
const XERO_PROBLEM = object({
  Type: { type: 'string', nullable: true },
  Title: TEXT,
  Status: { type: 'integer' },
  Detail: TEXT,
  Instance: { type: 'string', format: 'uuid' },
  Extensions: { type: 'object' },
})

/** 4.2. */
const ZOHO_TAXES = object({
  org_taxes: object({
    taxes: list(object({ id: TEXT, name: TEXT, display_label: TEXT, value: NUMBER, sequence_number: NUMBER })),
    preference: object({ auto_populate_tax: FLAG, modify_tax_rates: FLAG }),
  }),
})

/** 3.7. */
const RESTORE = object({ ids: TEXTS })
const RESTORED = object({ code: TEXT, status: TEXT, message: TEXT, details: object({ id: TEXT }) })
const RESTORED_LIST = object({ recycle_bin: list(RESTORED) })
/** 3.10. */
const COUNT = object({ count: { type: 'integer' } })

const ZOHO_PATHS: JsonObject = {
  '/crm/v8/org/taxes': { get: { responses: { 200: json(ZOHO_TAXES) } } },
  '/crm/v8/org/taxes/{id}': { get: { responses: { 200: json(ZOHO_TAXES) } } },
  '/crm/v8/settings/recycle_bin/actions/restore': {
    post: { requestBody: json(RESTORE), responses: { 200: json(RESTORED_LIST) } },
  },
  '/crm/v8/settings/recycle_bin/{record_id}/actions/restore': { post: { responses: { 200: json(RESTORED_LIST) } } },
  '/crm/v8/settings/recycle_bin/actions/count': { get: { responses: { 200: json(COUNT) } } },
  '/crm/v8/settings/recycle_bin/actions/empty': { delete: { responses: { 200: json(RESTORED_LIST) } } },
  '/crm/v8/{module_api_name}/actions/count': {
    get: {
      parameters: query('cvid', 'criteria', 'email', 'phone', 'word'),
      responses: { 200: json(COUNT) },
    },
  },
}

/** Operations that only the sheets describe. `$ref`s in them lead to the vendor's files. */
export const SHEET_OPERATIONS: Readonly<Record<Api, readonly Located[]>> = {
  xero: [],
  zoho: [{ file: 'zoho-crm-v8/sheet', node: { paths: ZOHO_PATHS } }],
}

/** What an answer that refuses a call looks like, whatever the call was. */
export const REFUSAL: Readonly<Record<Api, Located>> = {
  xero: { file: 'xero/sheet', node: XERO_PROBLEM },
  zoho: { file: 'zoho-crm-v8/sheet', node: ZOHO_REFUSAL },
}
