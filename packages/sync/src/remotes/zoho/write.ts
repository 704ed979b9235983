import type { ZohoCollection } from '../../model/kind.ts'
import { ok, type RemoteOutcome, type RowOutcome } from '../../model/outcome.ts'
import type { PreparedWrite, WriteRequest } from '../contract.ts'
import { encodeDecimalJson } from '../http/decimal-json.ts'
import type { ZohoAnswer } from './classify.ts'
import type { ZohoClient } from './client.ts'
import { readInstant, writeInstant } from './instants.ts'
import { refuseProblem } from './problem.ts'
import { judgeRow } from './row-outcome.ts'
import { isZohoId, objectsOf } from './wire.ts'

/** Rows of one insert, update or delete (zoho-crm.md 2.2). */
export const BATCH_SIZE = 100
const ROWS_PER_CREDIT = 10

/**
 * The exact request for these rows. Never upsert: it would fall through to other unique fields and overwrite a
 * stranger (zoho-crm.md 3.5). `trigger: []`: the customer's automations do not run on what we carry over (3.3).
 */
export function prepareWrite(collection: ZohoCollection, request: WriteRequest): PreparedWrite {
  const { rows, verb } = request
  if (rows.length === 0 || rows.length > BATCH_SIZE) throw new RangeError(`${rows.length} rows in one write`)
  const ids = rows.map((row) => row.remoteId ?? '')
  if (verb !== 'create' && !ids.every(isZohoId)) throw new Error(`An ${verb} of ${collection} without a record id`)
  const common = { collection, verb, rowCount: rows.length }
  if (verb === 'delete') {
    return {
      ...common,
      method: 'DELETE',
      path: `/${collection}?ids=${ids.join(',')}&wf_trigger=false`,
      body: '',
      headers: {},
    }
  }
  const data = rows.map((row) => (row.remoteId === null ? row.payload : { ...row.payload, id: row.remoteId }))
  return {
    ...common,
    method: verb === 'create' ? 'POST' : 'PUT',
    path: `/${collection}`,
    body: encodeDecimalJson({ data, trigger: [] }),
    headers: verb === 'update' ? guard(request) : {},
  }
}

/** The header covers the whole batch, so only a row alone can be guarded (zoho-crm.md 3.6). */
function guard(request: WriteRequest): Readonly<Record<string, string>> {
  const [only] = request.rows
  const since = request.rows.length === 1 ? only?.unmodifiedSince : undefined
  return typeof since === 'string' ? { [GUARD]: writeInstant(since) } : {}
}

/** Sends prepared writes of one org and remembers how that org reads If-Unmodified-Since. */
export interface ZohoWriter {
  send(prepared: PreparedWrite): Promise<RemoteOutcome<readonly RowOutcome[]>>
}

/**
 * Zoho has no idempotency key, so what is unknown is looked up, never repeated (zoho-crm.md 0.4). One thing is sent
 * again: whether the guard refuses the very second that it names is not documented (3.6). A 412 that shows exactly that
 * second proves that it does; then a guard one second later means the same and lets our write through.
 */
export function createZohoWriter(client: ZohoClient): ZohoWriter {
  let refusesOwnSecond = false

  async function send(prepared: PreparedWrite): Promise<RemoteOutcome<readonly RowOutcome[]>> {
    const guard = prepared.headers[GUARD]
    const shifted = guard === undefined ? {} : { [GUARD]: writeInstant(secondAfter(guard)) }
    const outcome = await post(client, { ...prepared, headers: refusesOwnSecond ? shifted : prepared.headers })
    if (outcome.type !== 'ok') return outcome
    if (refusesOwnSecond || guard === undefined || readInstant(guard) !== versionOf412(outcome.value)) {
      return readRows(prepared, outcome.value)
    }
    refusesOwnSecond = true
    return send(prepared)
  }
  return { send }
}

const GUARD = 'if-unmodified-since'

function secondAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1000).toISOString()
}

/** The record's version that an ALREADY_MODIFIED shows; undefined for every other answer. */
function versionOf412(answer: ZohoAnswer): string | undefined {
  const { problem } = answer
  return problem?.code === 'ALREADY_MODIFIED' ? readInstant(problem.details.Modified_Time) : undefined
}

function post(client: ZohoClient, prepared: PreparedWrite): Promise<RemoteOutcome<ZohoAnswer>> {
  return client.call({
    method: prepared.method,
    path: prepared.path,
    effect: 'write',
    purpose: `${prepared.collection}.write`,
    headers: prepared.headers,
    ...(prepared.body === '' ? {} : { body: prepared.body }),
    credits: prepared.verb === 'delete' ? 1 : Math.ceil(prepared.rowCount / ROWS_PER_CREDIT),
    weight: prepared.rowCount > ROWS_PER_CREDIT ? 'heavy' : 'light',
  })
}

/** Refusals of the request as a whole, wherever they are written. */
const WHOLE_REQUEST = [
  'INVALID_MODULE',
  'NO_PERMISSION',
  'AUTHORIZATION_FAILED',
  'NOT_SUPPORTED',
  'FEATURE_NOT_ENABLED',
]

function readRows(prepared: PreparedWrite, answer: ZohoAnswer): RemoteOutcome<readonly RowOutcome[]> {
  const elements = objectsOf(answer.body?.data)
  const { problem } = answer
  const isBare = elements.length === 0
  if (problem !== null && (isBare || (elements.length < prepared.rowCount && WHOLE_REQUEST.includes(problem.code)))) {
    // A bare refusal of one row is that row's; of several it is the request's, and the engine splits the batch.
    if (!isBare || prepared.rowCount > 1 || WHOLE_REQUEST.includes(problem.code)) {
      return refuseProblem(problem, prepared.collection)
    }
    return ok([judgeRow({ code: problem.code, message: problem.message, details: problem.details }, prepared.verb)])
  }
  // The rows of an answer name nothing that we sent: with one missing, nobody can say whose the others are (R9).
  if (elements.length !== prepared.rowCount) return ok(Array.from({ length: prepared.rowCount }, () => UNTOLD))
  return ok(elements.map((element) => judgeRow(element, prepared.verb)))
}

const UNTOLD: RowOutcome = {
  type: 'unknown',
  code: 'rowMissingInAnswer',
  message: "Zoho's answer has not as many rows as were sent",
}
