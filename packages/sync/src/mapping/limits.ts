import type { ReferenceData, ZohoField } from '../model/reference.ts'
import { holdFor, type Mapped, mapped } from './contract.ts'

export function zohoField(reference: ReferenceData, module: string, apiName: string): ZohoField | undefined {
  return reference.zoho.fields[module]?.find((field) => field.apiName === apiName)
}

/** A Zoho field and the length to assume where its metadata says nothing (zoho-crm.md 4). */
export interface ZohoLimit {
  readonly module: string
  readonly key: string
  readonly length: number
}

export function zohoLength(limit: ZohoLimit, reference: ReferenceData): number {
  return zohoField(reference, limit.module, limit.key)?.length ?? limit.length
}

/** Both remotes refuse what is too long; nothing is ever cut silently. */
export function fitting(text: string, length: number, where: string): Mapped<string> {
  // UTF-16 units, as both remotes seem to count: an emoji is two.
  if (text.length <= length) return mapped(text)
  return holdFor('valueTooLong', `${where} takes ${length} characters, this has ${text.length}: ${text.slice(0, 60)}`)
}
