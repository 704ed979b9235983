import { ok, type RemoteOutcome, type RowOutcome } from '../../model/outcome.ts'
import type { PreparedWrite } from '../contract.ts'
import { parseDecimalJson } from '../http/decimal-json.ts'
import { sendAllocation } from './allocation-write.ts'
import { uncertain, type XeroAnswer } from './classify.ts'
import type { XeroClient } from './client.ts'
import { elementsOf, unreadable } from './envelope.ts'
import { isKeyMisuse, refusalOf } from './messages.ts'
import { pairRows } from './pairing.ts'
import { shapeOf } from './shapes.ts'
import { fieldText, isRefused, missingRow, outcomeOf, refusalMessages } from './verdict.ts'

/** Longer ones are refused (xero.md 3). */
const LONGEST_KEY = 128

/** Sends the prepared bytes and judges every row of the answer. */
export async function sendWrite(
  client: XeroClient,
  prepared: PreparedWrite,
  idempotencyKey: string,
): Promise<RemoteOutcome<readonly RowOutcome[]>> {
  if (idempotencyKey.length > LONGEST_KEY) throw new Error('An idempotency key has at most 128 characters')
  if (prepared.method === 'DELETE') return sendItemDelete(client, prepared)
  if (prepared.collection === 'Allocations') return sendAllocation(client, prepared, idempotencyKey)
  const answer = await client.call({
    method: prepared.method,
    path: prepared.path,
    effect: 'write',
    purpose: `${prepared.collection}.write`,
    headers: { ...prepared.headers, 'idempotency-key': idempotencyKey },
    body: prepared.body,
  })
  if (answer.type !== 'ok') return answer
  switch (answer.value.status) {
    case 404:
      return { type: 'refused', code: 'recordGone', message: 'Xero knows no record with an id of this request' }
    case 400:
      return judgeRefusal(prepared, answer.value)
    default:
      return judgeAnswer(prepared, answer.value)
  }
}

async function sendItemDelete(
  client: XeroClient,
  prepared: PreparedWrite,
): Promise<RemoteOutcome<readonly RowOutcome[]>> {
  const { path, collection } = prepared
  const answer = await client.call({ method: 'DELETE', path, effect: 'write', purpose: `${collection}.write` })
  if (answer.type !== 'ok') return answer
  const remoteId = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))
  if (answer.value.status < 300) return ok([{ type: 'ok', remoteId, version: null, record: null, warnings: [] }])
  if (answer.value.status === 400) return itemRefusal(judgeRefusal(prepared, answer.value))
  return ok([{ type: 'refused', code: 'recordGone', message: 'Xero knows no item with this id' }])
}

/** In which words Xero keeps an item that documents name is not known (xero.md 10.6): what has no other meaning means that. */
function itemRefusal(outcome: RemoteOutcome<readonly RowOutcome[]>): RemoteOutcome<readonly RowOutcome[]> {
  if (outcome.type === 'refused') return outcome.code === 'contentRefused' ? { ...outcome, code: 'itemInUse' } : outcome
  if (outcome.type !== 'ok') return outcome
  return ok(
    outcome.value.map((row) =>
      row.type === 'refused' && row.code === 'contentRefused' ? { ...row, code: 'itemInUse' as const } : row,
    ),
  )
}

function judgeAnswer(prepared: PreparedWrite, answer: XeroAnswer): RemoteOutcome<readonly RowOutcome[]> {
  const shape = shapeOf(prepared.collection)
  const elements = elementsOf(answer.json, shape.resource)
  if (elements === undefined) return unreadable('write', `the answer has no ${shape.resource}`)
  const pairs = pairRows(shape, requestedRows(prepared), elements.filter(isObject))
  return ok(
    pairs.map((element) =>
      element === undefined ? missingRow('Xero answered without this row') : outcomeOf(shape, element),
    ),
  )
}

/**
 * Nothing of the request was saved (xero.md 5.2, 5.3). Row by row only if every row has its own error: the others would
 * otherwise get a verdict that is not theirs, so the request is refused and the caller bisects it.
 */
function judgeRefusal(prepared: PreparedWrite, answer: XeroAnswer): RemoteOutcome<readonly RowOutcome[]> {
  if (isKeyMisuse(answer.text)) return uncertain('write', 'remoteAnswerUnreadable', answer.text.slice(0, 300))
  const elements = (elementsOf(answer.json, 'Elements') ?? []).filter(isObject)
  const requested = requestedRows(prepared)
  const pairs = pairRows(shapeOf(prepared.collection), requested, elements)
  if (pairs.every((element) => element !== undefined && isRefused(element))) {
    return ok(pairs.map((element) => refusalOf(element === undefined ? [] : refusalMessages(element))))
  }
  const messages = [...new Set(elements.flatMap(refusalMessages))]
  const outcome = refusalOf(messages.length > 0 ? messages : [requestMessage(answer)])
  const code =
    outcome.type === 'refused' ? outcome.code : outcome.type === 'duplicate' ? 'duplicateInTarget' : 'contentRefused'
  return { type: 'refused', code, message: 'message' in outcome ? outcome.message : '' }
}

function requestMessage(answer: XeroAnswer): string {
  const message = isObject(answer.json) ? fieldText(answer.json, 'Message') : ''
  return message === '' ? `Xero refused the request: ${answer.text.slice(0, 300)}` : message
}

/** The rows as they were sent, read back from the bytes: a dispatch of an earlier process has nothing else. */
function requestedRows(prepared: PreparedWrite): readonly object[] {
  if (prepared.body === '') return [{}]
  return (elementsOf(parseDecimalJson(prepared.body), shapeOf(prepared.collection).resource) ?? []).filter(isObject)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
