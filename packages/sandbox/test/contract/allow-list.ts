import type { Finding } from './finding.ts'
import type { Api } from './specs-folder.ts'

/** A deviation that a fact sheet of the project states and justifies. */
export interface AllowEntry {
  readonly api: Api
  readonly direction: Finding['direction']
  /** Matched against the path template. */
  readonly path: RegExp
  /** Matched against the finding's field: `Invoices[].DateString`, `?summarizeErrors`. */
  readonly field: RegExp
  readonly problem: Finding['problem']
  /** Section of the sheet, and what it says. */
  readonly reason: string
}

/** Entries plus the memory of which of them were needed. */
export interface AllowList {
  /** The findings that no entry covers. */
  forgive(findings: readonly Finding[]): Finding[]
  /** Entries that have covered nothing since the start: to be removed. */
  stale(): readonly AllowEntry[]
}

export function createAllowList(entries: readonly AllowEntry[]): AllowList {
  const used = new Set<AllowEntry>()
  const covers = (entry: AllowEntry, finding: Finding) =>
    entry.api === finding.api &&
    entry.direction === finding.direction &&
    entry.problem === finding.problem &&
    entry.path.test(finding.path) &&
    entry.field.test(finding.field)
  return {
    forgive: (findings) =>
      findings.filter((finding) => {
        const covering = entries.filter((entry) => covers(entry, finding))
        for (const entry of covering) used.add(entry)
        return covering.length === 0
      }),
    stale: () => entries.filter((entry) => !used.has(entry)),
  }
}

/** The project's deviations. Keep it short: whatever is here, the contract tests no longer see. */
export const SHEET_DEVIATIONS: readonly AllowEntry[] = [
  ...answers('xero', /^\/api\.xro\//, [
    [/^(Id|Status|ProviderName|DateTimeUTC)$/, '2.5: the envelope around every answer'],
    [/(^|\.)(Date|DueDate|ExpiryDate)String$/, '2.5: companions of the dates of documents, without zone'],
    [/\.LineItems\[\]\.ValidationErrors$/, '4.3: lines carry their own errors'],
  ]),
  ...answers('xero', /\/(Items|Quotes)/, [
    [/^(Items|Quotes|Elements)\[\]\.HasErrors$/, '5.2: elements say whether they failed'],
  ]),
  ...answers('xero', /\/Invoices/, [[/^Invoices\[\]\.InvoicePaymentServices$/, '4.3: in the measured invoice']]),
  ...answers('xero', /\/Quotes/, [[/^SummarizeErrors$/, '2.5: the envelope of quotes says how errors are told']]),
  ...answers('xero', /\/(CreditNotes|Invoices|Payments)/, [
    [/(^|\.)CreditNotes?(\[\])?\.ID$/, '4.5: the wire also has ID'],
  ]),
  ...answers('xero', /\/Allocations\/\{AllocationID\}$/, [
    [/^AllocationId$/, '4.5: the odd answer of a removal'],
    [/^Invoice$/, '4.5: the odd answer of a removal has a list there', 'type'],
  ]),
  ...answers('xero', /\/History$/, [
    [/^HistoryRecords\[\]\.DateUTCString$/, '4.3: history has both forms of its date'],
  ]),
  ...answers('xero', /\/TrackingCategories/, [
    [/\.Options\[\]\.(HasValidationErrors|Is(Deleted|Archived|Active))$/, "4.10: as in the file's own examples"],
  ]),
  ...answers('zoho', /\/org$/, [[/^org\[\]\.type$/, '5: lower case on the wire, capitalised in the file', 'value']]),
  ...answers('zoho', /\/currencies(\/\{id\})?$/, [
    [/\.exchange_rate_auto_update$/, '5: listed among the keys of a currency'],
  ]),
  ...answers('zoho', /\/settings\/modules$/, [
    [/\.generated_type$/, '5: subform modules are of their own type', 'value'],
  ]),
]

type Deviation = readonly [field: RegExp, reason: string, problem?: Finding['problem']]

function answers(api: Api, path: RegExp, deviations: readonly Deviation[]): AllowEntry[] {
  return deviations.map(([field, reason, problem = 'undeclared']) => {
    return { api, direction: 'response', path, field, problem, reason }
  })
}

export const sheetAllowances = createAllowList(SHEET_DEVIATIONS)
