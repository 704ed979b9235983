import { type FieldMapping, MAPPING_LIMITS } from '../../model/mapping-document.ts'
import type { ReferenceData, ZohoField } from '../../model/reference.ts'
import { SIDES, type Side } from '../../model/side.ts'
import { flowsTo } from './flow.ts'
import type { XeroField } from './xero-fields.ts'

/** Invoice statuses of Xero (xero.md 4.3). */
const STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']
const NAMES = { zoho: 'Zoho', xero: 'Xero' } as const

/** A value table must say one thing for each value that goes over, and only what the other side takes. */
export function valueFaults(
  mapping: FieldMapping,
  at: { readonly zoho: ZohoField | undefined; readonly xero: XeroField; readonly reference: ReferenceData },
): readonly string[] {
  const values = mapping.values ?? []
  const { longestValueTable, longestValue } = MAPPING_LIMITS
  if (values.length > longestValueTable)
    return [`a value table has at most ${longestValueTable} rows, this one ${values.length}`]
  const long = values.flat().find((value) => value.length > longestValue)
  if (long !== undefined) return [`a value of a table has at most ${longestValue} characters: ${long.slice(0, 30)}…`]
  return [
    ...SIDES.filter((target) => flowsTo(target, mapping)).flatMap((target) => doubles(target, values)),
    ...(flowsTo('zoho', mapping) ? unknownChoices(values, at.zoho) : []),
    ...xeroValues(values, mapping, at),
  ]
}

function doubles(target: Side, values: NonNullable<FieldMapping['values']>): readonly string[] {
  const source = target === 'xero' ? 'zoho' : 'xero'
  const column = values.map(([zoho, xero]) => (source === 'zoho' ? zoho : xero))
  const twice = new Set(column.filter((value, index) => column.indexOf(value) !== index))
  return [...twice].map(
    (value) => `the value table has "${value}" of ${NAMES[source]} twice: which one goes to ${NAMES[target]}?`,
  )
}

function unknownChoices(values: NonNullable<FieldMapping['values']>, field: ZohoField | undefined): readonly string[] {
  const known = field?.picklist ?? []
  if (known.length === 0) return []
  const unknown = new Set(values.map(([zoho]) => zoho).filter((value) => value !== '' && !known.includes(value)))
  return [...unknown].map((value) => `Zoho ${field?.apiName} has no choice "${value}"`)
}

function xeroValues(
  values: NonNullable<FieldMapping['values']>,
  mapping: FieldMapping,
  { xero, reference }: { readonly xero: XeroField; readonly reference: ReferenceData },
): readonly string[] {
  const said = [...new Set(values.map(([, value]) => value))]
  if (xero.path === 'Status')
    return said.filter((value) => !STATUSES.includes(value)).map((value) => `Xero has no status ${value}`)
  if (!flowsTo('xero', mapping)) return []
  return said.flatMap((value) => {
    const judged = xero.judge(value, reference)
    return judged.type === 'hold' ? [judged.detail] : []
  })
}
