import type { RemoteRecord } from '../../model/record.ts'
import { isValueObject, type Value } from '../../model/value.ts'
import type { MappingContext } from '../contract.ts'
import { asText, objectAt, textAt } from '../record-fields.ts'
import type { ExpressionInputs } from './expression.ts'

/**
 * What a computed field is made of, as the source's canonical value: any of it that changes is a change of the field.
 * Never blank as a whole: what a blank source stands for is the expression's to say.
 */
export function computedValue({ value, record }: ExpressionInputs): Value {
  return { rule: 'computed', value, record: { ...record } }
}

/** The inputs behind a source's canonical value, computed or plain. */
export function inputsOf(value: Value): ExpressionInputs {
  if (!isValueObject(value)) return { value: asText(value), record: {} }
  const record = objectAt(value, 'record') ?? {}
  return {
    value: textAt(value, 'value'),
    record: Object.fromEntries(Object.keys(record).map((name) => [name, textAt(record, name)])),
  }
}

/** A field of a source record by the name that an expression uses. */
export type RecordText = (record: RemoteRecord, name: string, context: MappingContext) => string
