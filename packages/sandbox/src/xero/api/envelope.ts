import { randomUUID } from 'node:crypto'
import { bareInstant, type WireObject } from '../wire/json.ts'
import type { ApiCall } from './call.ts'
import { type ApiAnswer, jsonAnswer } from './problem.ts'

export interface Pagination {
  readonly page: number
  readonly pageSize: number
  readonly pageCount: number
  readonly itemCount: number
}

export interface EnvelopeBody {
  readonly plural: string
  readonly elements: readonly WireObject[]
  readonly pagination?: Pagination | undefined
  /** Quotes start with `SummarizeErrors` (xero.md 2.5). */
  readonly leading?: WireObject
}

/** The envelope around every list, single read and write answer (xero.md 2.5). */
export function envelope(call: ApiCall, content: EnvelopeBody): ApiAnswer {
  return jsonAnswer({
    ...content.leading,
    Id: randomUUID(),
    Status: 'OK',
    ProviderName: call.providerName,
    DateTimeUTC: bareInstant(call.books.now()),
    pagination: content.pagination === undefined ? undefined : { ...content.pagination },
    [content.plural]: disturbed(call, content.elements),
  })
}

/** Named faults `rowMissing` {index} and `rowsReordered`: an answer that is not what the request deserves. */
function disturbed(call: ApiCall, elements: readonly WireObject[]): readonly WireObject[] {
  const missing = elements.length === 0 ? undefined : call.takeFault('rowMissing')
  const kept =
    missing === undefined ? elements : elements.filter((_, index) => index !== Math.max(0, Number(missing.index ?? 0)))
  return kept.length > 1 && call.takeFault('rowsReordered') !== undefined ? kept.toReversed() : kept
}
