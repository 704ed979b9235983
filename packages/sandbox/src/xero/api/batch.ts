import { type Fields, readElements } from '../wire/fields.ts'
import { echoObject, type WireObject } from '../wire/json.ts'
import type { ApiCall } from './call.ts'
import { envelope } from './envelope.ts'
import { type ApiAnswer, ApiProblem, ElementRefused, jsonAnswer, noData, notFound, UnknownId } from './problem.ts'

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000'

export interface Saved {
  readonly wire: WireObject
  readonly warnings: readonly string[]
}

export interface BatchKind {
  readonly plural: string
  readonly idKey: string
  /** Which flag tells a refused element: contacts use the longer name (xero.md 5.2). */
  readonly errorFlag: 'HasErrors' | 'HasValidationErrors'
  readonly save: (fields: Fields) => Saved
  readonly leading?: WireObject
  /** Elements beyond this are refused as a whole. */
  readonly limit?: number
}

type Verdict =
  | { readonly outcome: 'saved'; readonly saved: Saved }
  | { readonly outcome: 'refused'; readonly wire: WireObject }

/** Saves the elements of a PUT or POST with the verdict rules of xero.md 5.2. */
export function runBatch(call: ApiCall, kind: BatchKind): ApiAnswer {
  const elements = readElements(call.body, kind.plural)
  if (elements.length === 0) throw noData()
  if (kind.limit !== undefined && elements.length > kind.limit) {
    throw new ApiProblem(
      refusal([{ ValidationErrors: [{ Message: `No more than ${kind.limit} elements per request.` }] }]),
    )
  }
  return summarizes(call) ? saveAll(call, kind, elements) : saveEach(call, kind, elements)
}

export function summarizes(call: ApiCall): boolean {
  const asked = call.query.get('summarizeErrors')?.toLowerCase()
  return (asked ?? call.books.switches.get('summarizeErrorsDefault')) !== 'false'
}

/** All or nothing: the failing elements come back inside a 400. */
function saveAll(call: ApiCall, kind: BatchKind, elements: readonly Fields[]): ApiAnswer {
  return call.books.journal.attempt(() => {
    const verdicts = judge(call, kind, elements)
    const refused = verdicts.filter((verdict) => verdict.outcome === 'refused')
    // Thrown, not returned, so that the journal takes everything back.
    if (refused.length > 0) throw new ApiProblem(refusal(refused.map((verdict) => verdict.wire)))
    const wires = verdicts.flatMap((verdict) => (verdict.outcome === 'saved' ? [withWarnings(verdict.saved)] : []))
    return envelope(call, { plural: kind.plural, elements: wires, ...leadingOf(kind) })
  })
}

/** Every element gets its verdict in a 200, good ones are kept. */
function saveEach(call: ApiCall, kind: BatchKind, elements: readonly Fields[]): ApiAnswer {
  return call.books.journal.attempt(() => {
    const wires = judge(call, kind, elements).map((verdict): WireObject => {
      if (verdict.outcome === 'refused') return verdict.wire
      const status = verdict.saved.warnings.length > 0 ? 'WARNING' : 'OK'
      return { ...withWarnings(verdict.saved), [kind.errorFlag]: false, StatusAttributeString: status }
    })
    return envelope(call, { plural: kind.plural, elements: wires, ...leadingOf(kind) })
  })
}

function judge(call: ApiCall, kind: BatchKind, elements: readonly Fields[]): readonly Verdict[] {
  const fault = call.takeFault('partialBatch')
  return elements.map((fields, index): Verdict => {
    try {
      if (fault !== undefined && Number(fault.index ?? 0) === index) {
        throw new ElementRefused(String(fault.message ?? 'The sandbox refused this element on demand'))
      }
      return { outcome: 'saved', saved: call.books.journal.attempt(() => kind.save(fields)) }
    } catch (error) {
      const messages = refusalMessages(call, error)
      if (messages === undefined) throw error
      return { outcome: 'refused', wire: refusedWire(kind, fields, messages) }
    }
  })
}

function refusalMessages(call: ApiCall, error: unknown): readonly string[] | undefined {
  if (error instanceof ElementRefused) return error.messages
  if (!(error instanceof UnknownId)) return undefined
  if (call.books.switches.is('unknownIdOnWrite', 'notFound')) throw notFound()
  return [error.message]
}

function refusedWire(kind: BatchKind, fields: Fields, messages: readonly string[]): WireObject {
  return {
    // Creates come back with the zero GUID, updates with the id they named: the echo below overrides it.
    [kind.idKey]: ZERO_GUID,
    ...echoObject(fields.raw),
    [kind.errorFlag]: true,
    StatusAttributeString: 'ERROR',
    ValidationErrors: messages.map((message) => ({ Message: message })),
  }
}

function withWarnings(saved: Saved): WireObject {
  if (saved.warnings.length === 0) return saved.wire
  return { ...saved.wire, Warnings: saved.warnings.map((message) => ({ Message: message })) }
}

/** The 400 of xero.md 5.3. */
export function refusal(elements: readonly WireObject[]): ApiAnswer {
  const body = {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: 'A validation exception occurred',
    Elements: elements,
  }
  return jsonAnswer(body, 400)
}

const leadingOf = (kind: BatchKind) => (kind.leading === undefined ? {} : { leading: kind.leading })
