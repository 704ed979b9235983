import type { FieldMapping } from '../../model/mapping-document.ts'
import { otherSide, type Side } from '../../model/side.ts'
import { holdFor, type Mapped, mapped } from '../contract.ts'
import { type Compiled, compileCondition, compileText, type Expression, type ExpressionInputs } from './expression.ts'
import { flowsTo, isOneWay } from './flow.ts'

/** How a value of one side is said on the other: by condition, then by transform or value table. */
export interface Conversion {
  /** Other fields of the source record that it looks at. */
  readonly reads: readonly string[]
  /** Is it more than one value in another's place? Then the source's value is remembered with all that it is made of. */
  readonly isComputed: boolean
  run(inputs: ExpressionInputs): Mapped<string>
}

/** The conversion towards a side; what cannot be compiled (never stored, but a later version may read less) holds. */
export function conversionTo(target: Side, mapping: FieldMapping): Conversion {
  const source = mapping.transform?.[target === 'xero' ? 'toXero' : 'toZoho']
  const transform = source === undefined ? null : compileText(source)
  const condition = mapping.when === undefined ? null : compileCondition(mapping.when)
  const table = mapping.values === undefined ? null : valueTable(target, mapping.values)
  return {
    reads: [...new Set([...readsOf(transform), ...readsOf(condition)])].sort(),
    isComputed: isOneWay(mapping) && flowsTo(target, mapping) && (transform !== null || condition !== null),
    run(inputs) {
      const holds = condition === null ? mapped(true) : evaluate(condition, mapping.field, inputs)
      if (holds.type === 'hold') return holds
      if (!holds.value) return mapped('')
      if (transform !== null) return evaluate(transform, mapping.field, inputs)
      return table === null ? mapped(inputs.value) : lookedUp(inputs.value, table, { target, mapping })
    },
  }
}

function readsOf(compiled: Compiled<unknown> | null): readonly string[] {
  return compiled?.type === 'compiled' ? compiled.expression.reads : []
}

function evaluate<T>(compiled: Compiled<T>, field: string, inputs: ExpressionInputs): Mapped<T> {
  if (compiled.type === 'refused') return holdFor('mappingInvalid', `The expression of ${field}: ${compiled.why}`)
  return made(compiled.expression, field, inputs)
}

function made<T>(expression: Expression<T>, field: string, inputs: ExpressionInputs): Mapped<T> {
  const result = expression.run(inputs)
  return result.type === 'made' ? mapped(result.value) : holdFor('expressionFailed', `${field}: ${result.why}`)
}

function valueTable(target: Side, values: NonNullable<FieldMapping['values']>): ReadonlyMap<string, string> {
  return new Map(values.map(([zoho, xero]) => (target === 'xero' ? [zoho, xero] : [xero, zoho])))
}

/** Blank stands for blank unless the table says otherwise. */
function lookedUp(
  value: string,
  table: ReadonlyMap<string, string>,
  { target, mapping }: { readonly target: Side; readonly mapping: FieldMapping },
): Mapped<string> {
  const found = table.get(value) ?? (value === '' ? '' : undefined)
  if (found !== undefined) return mapped(found)
  const code = mapping.xero === 'Status' ? 'unmappedStatus' : 'unmappedValue'
  const names = { zoho: 'Zoho CRM', xero: 'Xero' }
  return holdFor(
    code,
    `"${value}" of ${names[otherSide(target)]} has no value in ${names[target]}: see the value table of ${mapping.field}`,
  )
}
