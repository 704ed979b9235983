import type { XeroShape } from './shape.ts'
import { fieldText, ZERO_GUID } from './verdict.ts'

/**
 * Which answered element belongs to which requested row. Elements are said to come in the order of the request; one
 * wrong pair would store a stranger's id, so an id or natural key decides wherever both have one, and the place counts
 * only where neither contradicts it. undefined: no element can be told for certain.
 */
export function pairRows(
  shape: XeroShape,
  requested: readonly object[],
  answered: readonly object[],
): readonly (object | undefined)[] {
  const free = new Set(answered)
  const named = requested.map((row) => takeNamed(shape, row, free))
  return requested.map((row, index) => {
    const byName = named[index]
    if (byName !== undefined) return byName
    const inPlace = answered.length === requested.length ? answered[index] : undefined
    if (inPlace === undefined || !free.has(inPlace) || contradicts(shape, row, inPlace)) return undefined
    free.delete(inPlace)
    return inPlace
  })
}

function takeNamed(shape: XeroShape, row: object, free: Set<object>): object | undefined {
  const id = idOf(shape, row)
  const key = keyOf(shape, row)
  for (const element of free) {
    const isSame = id === '' ? key !== '' && key === keyOf(shape, element) : id === idOf(shape, element)
    if (!isSame) continue
    free.delete(element)
    return element
  }
  return undefined
}

function contradicts(shape: XeroShape, row: object, element: object): boolean {
  const differs = (left: string, right: string) => left !== '' && right !== '' && left !== right
  if (differs(idOf(shape, row), idOf(shape, element))) return true
  // An update may well change the key, so only a create is known by it.
  return idOf(shape, row) === '' && differs(keyOf(shape, row), keyOf(shape, element))
}

function keyOf(shape: XeroShape, element: object): string {
  const field = shape.keyField ?? shape.pairField ?? ''
  return field === '' ? '' : fieldText(element, field)
}

/** GUIDs in one case; the zero GUID of a failed create names nothing. */
function idOf(shape: XeroShape, element: object): string {
  const id = fieldText(element, shape.idField).toLowerCase()
  return id === ZERO_GUID ? '' : id
}
