import { type AllowEntry, createAllowList } from './allow-list.ts'
import type { JsonObject } from './json-node.ts'
import type { Api } from './specs-folder.ts'

const TEXT = { type: 'string' } as const
const GUID = { type: 'string', format: 'uuid' } as const
const FLAG = { type: 'boolean' } as const
const LOCAL_TIME = { type: 'string', format: 'date-time' } as const
const REFUSALS = { type: 'array', items: { type: 'object', properties: { Message: TEXT } } } as const
const LIST = { type: 'array' } as const

/** The project's deviations, all of answers. Keep it short: the vendors' files no longer decide what is here. */
export const SHEET_DEVIATIONS: readonly AllowEntry[] = [
  ...answers('xero', /^\/api\.xro\//, [
    [/^Id$/, GUID, '2.5: the envelope around every answer'],
    [/^Status$/, { type: 'string', enum: ['OK'] }, '2.5: the envelope around every answer'],
    [/^ProviderName$/, TEXT, '2.5: the envelope around every answer'],
    [/^DateTimeUTC$/, { type: 'string', format: 'ms-date' }, '2.5: the envelope around every answer'],
    [/(^|\.)(Date|DueDate|ExpiryDate)String$/, LOCAL_TIME, '2.5: companions of the dates of documents'],
    [/\.LineItems\[\]\.ValidationErrors$/, REFUSALS, '4.3: lines carry their own errors'],
    [/^(Items|Quotes|Allocations|Elements)\[\]\.HasErrors$/, FLAG, '5.2: elements say whether they failed'],
  ]),
  ...answers('xero', /\/Invoices/, [[/^Invoices\[\]\.InvoicePaymentServices$/, LIST, '4.3: in the measured invoice']]),
  ...answers('xero', /\/Quotes/, [[/^SummarizeErrors$/, FLAG, '2.5: the envelope of quotes has one member more']]),
  ...answers('xero', /\/(CreditNotes|Invoices|Payments)/, [
    [/(^|\.)CreditNotes?(\[\])?\.ID$/, GUID, '4.5: the wire has ID beside CreditNoteID'],
  ]),
  ...answers('xero', /\/Allocations\/\{AllocationID\}$/, [
    [/^AllocationId$/, GUID, '4.5: the odd answer of a removal'],
    [/^Invoice$/, listOf({ InvoiceID: GUID }), '4.5: the odd answer of a removal has a list there'],
  ]),
  ...answers('xero', /\/History$/, [
    [/^HistoryRecords\[\]\.DateUTCString$/, LOCAL_TIME, '4.3: history has both forms of its date'],
  ]),
  ...answers('xero', /\/TrackingCategories/, [
    [/\.Options\[\]\.(HasValidationErrors|Is(Deleted|Archived|Active))$/, FLAG, "4.10: as in the file's own examples"],
  ]),
  ...answers('zoho', /\/org$/, [
    [/^org\[\]\.type$/, words('production', 'sandbox', 'developer', 'bigin'), '5: lower case on the wire'],
  ]),
  ...answers('zoho', /\/currencies/, [[/\.exchange_rate_auto_update$/, FLAG, '5: among the keys of a currency']]),
  ...answers('zoho', /\/settings\/modules$/, [
    [/\.generated_type$/, words('subform'), '5: subform modules are of their own type'],
  ]),
]

/** The one that the checks use unless told otherwise; it remembers over a whole test process what was needed. */
export const sheetAllowances = createAllowList(SHEET_DEVIATIONS)

type Deviation = readonly [field: RegExp, shape: JsonObject, reason: string]

function answers(api: Api, path: RegExp, deviations: readonly Deviation[]): AllowEntry[] {
  return deviations.map(([field, shape, reason]) => ({ api, direction: 'response', path, field, shape, reason }))
}

function listOf(properties: JsonObject): JsonObject {
  return { type: 'array', items: { type: 'object', properties } }
}

function words(...values: string[]): JsonObject {
  return { type: 'string', enum: values }
}
