import { allocationId } from '../../model/allocation.ts'
import { ok, type RemoteOutcome, type RowOutcome } from '../../model/outcome.ts'
import type { PreparedWrite, WriteRequest } from '../contract.ts'
import { encodeDecimalJson } from '../http/decimal-json.ts'
import { uncertain, type XeroAnswer } from './classify.ts'
import type { XeroClient } from './client.ts'
import { elementsOf, unreadable } from './envelope.ts'
import { isKeyMisuse, refusalOf } from './messages.ts'
import { textOf } from './shape.ts'
import { fieldText, isRefused, missingRow, refusalMessages } from './verdict.ts'

const PATH = /^\/CreditNotes\/([^/]+)\/Allocations/

/**
 * Puts credit of one credit note against one invoice (xero.md 4.5): a call of its own, below the note that `CreditID` of
 * the payload names. Only that much is ever written: an allocation cannot be changed.
 */
export function prepareAllocation(request: WriteRequest): PreparedWrite {
  const [row, ...others] = request.rows
  if (row === undefined || others.length > 0 || request.verb !== 'create')
    throw new Error('Xero takes allocations one at a time, and changes none')
  const { CreditID, ...element } = row.payload
  return {
    collection: request.collection,
    verb: request.verb,
    method: 'PUT',
    path: `/CreditNotes/${encodeURIComponent(textOf(CreditID))}/Allocations?summarizeErrors=false`,
    body: encodeDecimalJson({ Allocations: [element] }),
    rowCount: 1,
    headers: {},
  }
}

/** The answer names the allocation alone; without that id the engine must read before it concludes anything. */
export async function sendAllocation(
  client: XeroClient,
  prepared: PreparedWrite,
  idempotencyKey: string,
): Promise<RemoteOutcome<readonly RowOutcome[]>> {
  const answer = await client.call({
    method: prepared.method,
    path: prepared.path,
    effect: 'write',
    purpose: 'Allocations.write',
    headers: { ...prepared.headers, 'idempotency-key': idempotencyKey },
    body: prepared.body,
  })
  if (answer.type !== 'ok') return answer
  const { value } = answer
  if (value.status === 404)
    return ok([{ type: 'refused', code: 'recordGone', message: 'Xero knows no such credit note or invoice' }])
  if (value.status === 400 && isKeyMisuse(value.text))
    return uncertain('write', 'remoteAnswerUnreadable', value.text.slice(0, 300))
  const elements = elementsOf(value.json, value.status === 400 ? 'Elements' : 'Allocations')
  if (elements === undefined)
    return value.status === 400 ? ok([refusalOf([messageOf(value)])]) : unreadable('write', 'no Allocations')
  return ok([outcomeOf(elements[0], prepared, value)])
}

function outcomeOf(element: unknown, prepared: PreparedWrite, answer: XeroAnswer): RowOutcome {
  if (typeof element !== 'object' || element === null)
    return answer.status === 400 ? refusalOf([messageOf(answer)]) : missingRow('Xero answered without the allocation')
  if (answer.status === 400 || isRefused(element)) return refusalOf(refusalMessages(element))
  const own = fieldText(element, 'AllocationID')
  const creditId = decodeURIComponent(PATH.exec(prepared.path)?.[1] ?? '')
  if (own === '' || creditId === '') return missingRow('Xero answered the allocation without its id')
  const remoteId = allocationId({ type: 'creditNote', id: creditId }, { allocationId: own })
  return { type: 'ok', remoteId, version: null, record: null, warnings: [] }
}

function messageOf({ json, text }: XeroAnswer): string {
  const message = typeof json === 'object' && json !== null ? fieldText(json, 'Message') : ''
  return message === '' ? `Xero refused the request: ${text.slice(0, 300)}` : message
}
