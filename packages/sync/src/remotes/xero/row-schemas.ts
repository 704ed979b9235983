import { z } from 'zod'
import { instantOf, plainDateOf } from './codec.ts'

/** Building blocks of row schemas: rows come from parseDecimalJson, so numbers are decimal text. */

export const id = z.string().min(1)
export const text = z.string().nullish()
export const flag = z.boolean().nullish()
export const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, 'not a decimal')
  .nullish()
export const instant = z.string().refine((value) => instantOf(value) !== undefined, 'not an instant')
export const calendarDate = z
  .string()
  .refine((value) => value === '' || plainDateOf(value) !== undefined, 'not a date')
  .nullish()

/** Null objects sometimes come as `[]` or `""` (xero.md 2.5). */
export function maybeObject<T extends z.ZodRawShape>(shape: T) {
  return z.union([z.looseObject(shape), z.array(z.never()), z.literal('')]).nullish()
}

/** A line of an invoice or a quote (xero.md 4.3, 4.4). */
export const documentLine = z.looseObject({
  LineItemID: text,
  ItemCode: text,
  Description: text,
  Quantity: decimal,
  UnitAmount: decimal,
  LineAmount: decimal,
  TaxAmount: decimal,
  DiscountRate: decimal,
  DiscountAmount: decimal,
  AccountCode: text,
  TaxType: text,
})
