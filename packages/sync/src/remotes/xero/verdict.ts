import type { RowOutcome } from '../../model/outcome.ts'
import { refusalOf } from './messages.ts'
import type { XeroShape } from './shape.ts'
import { readRow } from './shape.ts'

/** A failed create comes back with this id (xero.md 5.2). */
export const ZERO_GUID = '00000000-0000-0000-0000-000000000000'

/** One element of a write answer (xero.md 5.2): its own verdict, whatever the envelope's Status says. */
export function outcomeOf(shape: XeroShape, element: object): RowOutcome {
  const remoteId = fieldText(element, shape.idField)
  if (isRefused(element) || remoteId === ZERO_GUID) return refusalOf(refusalMessages(element))
  if (remoteId === '') return missingRow('Xero answered a row without its id')
  const row = readRow(shape, element)
  // It was saved for certain, even if the content cannot be read: the engine then reads it again.
  const record = row.type === 'record' ? row.record : null
  return {
    type: 'ok',
    remoteId,
    version: record?.version ?? null,
    record,
    warnings: messagesIn(fieldOf(element, 'Warnings')),
  }
}

export function missingRow(message: string): RowOutcome {
  return { type: 'unknown', code: 'rowMissingInAnswer', message }
}

export function isRefused(element: object): boolean {
  return (
    fieldText(element, 'StatusAttributeString').toUpperCase() === 'ERROR' ||
    fieldOf(element, 'HasErrors') === true ||
    fieldOf(element, 'HasValidationErrors') === true ||
    messagesIn(fieldOf(element, 'ValidationErrors')).length > 0
  )
}

/** Its own messages first, then those of lines, addresses and phones. */
export function refusalMessages(element: object): readonly string[] {
  return [...new Set([...messagesIn(fieldOf(element, 'ValidationErrors')), ...nestedMessages(element)])]
}

function nestedMessages(element: object): readonly string[] {
  return Object.entries(element)
    .filter(([key]) => key !== 'ValidationErrors' && key !== 'Warnings')
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .flatMap((inner: unknown) => (typeof inner === 'object' && inner !== null ? refusalMessages(inner) : []))
}

/** `[{Message}]`; old samples say Description. */
function messagesIn(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return []
    const message = fieldText(entry, 'Message') || fieldText(entry, 'Description')
    return message === '' ? [] : [message]
  })
}

export function fieldText(element: object, name: string): string {
  const value = fieldOf(element, name)
  return typeof value === 'string' ? value : ''
}

export function fieldOf(element: object, name: string): unknown {
  return Object.entries(element).find(([key]) => key === name)?.[1]
}
