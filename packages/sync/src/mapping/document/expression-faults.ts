import type { FieldMapping } from '../../model/mapping-document.ts'
import { type Compiled, compileCondition, compileText } from './expression.ts'
import { flowsTo, isOneWay } from './flow.ts'

/** What is wrong with a mapping's transforms and condition; `isKnown` tells the fields that they may look at. */
export function expressionFaults(mapping: FieldMapping, isKnown: (name: string) => boolean): readonly string[] {
  const { toXero, toZoho } = mapping.transform ?? {}
  const compiled = [
    { name: 'transform.toXero', made: toXero === undefined ? null : compileText(toXero) },
    { name: 'transform.toZoho', made: toZoho === undefined ? null : compileText(toZoho) },
    { name: 'when', made: mapping.when === undefined ? null : compileCondition(mapping.when) },
  ]
  return [
    ...shapeFaults(mapping),
    ...compiled.flatMap(({ name, made }) => (made === null ? [] : compiledFaults(name, made, { mapping, isKnown }))),
  ]
}

function shapeFaults(mapping: FieldMapping): readonly string[] {
  const { transform, when, values, lookup } = mapping
  const faults: string[] = []
  if (transform?.toXero !== undefined && !flowsTo('xero', mapping))
    faults.push('nothing goes to Xero: transform.toXero has no effect')
  if (transform?.toZoho !== undefined && !flowsTo('zoho', mapping))
    faults.push('nothing goes to Zoho: transform.toZoho has no effect')
  const isHalf = (transform?.toXero === undefined) !== (transform?.toZoho === undefined)
  if (isHalf && !isOneWay(mapping)) faults.push('a field that goes both ways needs both transforms, or a direction')
  if (when !== undefined && !isOneWay(mapping))
    faults.push('a condition needs a direction: it looks at the source record')
  const isChanged = transform?.toXero !== undefined || transform?.toZoho !== undefined
  if (isChanged && values !== undefined) faults.push('a transform and a value table exclude each other')
  if (lookup !== undefined && (isChanged || values !== undefined || when !== undefined))
    faults.push('a look-up takes no transform, condition or value table')
  return faults
}

function compiledFaults(
  name: string,
  made: Compiled<unknown>,
  { mapping, isKnown }: { readonly mapping: FieldMapping; readonly isKnown: (name: string) => boolean },
): readonly string[] {
  if (made.type === 'refused') return [`${name}, character ${made.at}: ${made.why}`]
  const { reads } = made.expression
  if (reads.length > 0 && !isOneWay(mapping))
    return [`${name}: a field that goes both ways can only use value, not record`]
  return reads.filter((field) => !isKnown(field)).map((field) => `${name}: the source record has no field ${field}`)
}
