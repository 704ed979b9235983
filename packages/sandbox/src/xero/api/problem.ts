import { randomUUID } from 'node:crypto'
import { render, type WireObject } from '../wire/json.ts'

export interface ApiAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const JSON_TYPE = 'application/json; charset=utf-8'

export function jsonAnswer(body: WireObject, status = 200): ApiAnswer {
  return { status, contentType: JSON_TYPE, body: render(body) }
}

/** Ends a request with an error answer (xero.md 5.3); whatever the request changed is rolled back. */
export class ApiProblem extends Error {
  readonly answer: ApiAnswer
  constructor(answer: ApiAnswer) {
    super(`${answer.status} ${answer.body}`)
    this.name = 'ApiProblem'
    this.answer = answer
  }
}

/** Refuses one element of a write; the batch decides what becomes of the others (xero.md 5.2). */
export class ElementRefused extends Error {
  readonly messages: readonly string[]
  constructor(...messages: readonly string[]) {
    super(messages.join(' '))
    this.name = 'ElementRefused'
    this.messages = messages
  }
}

/** An id in a write that no record has: 404 for the whole request (measured) or a refusal, by switch. */
export class UnknownId extends Error {
  /** `kind` as a person says it: `Credit Note`. */
  constructor(kind: string, id: string) {
    super(`${unknownText(kind)}: ${id}`)
    this.name = 'UnknownId'
  }
}

/** `An existing Credit Note with the specified CreditNoteID could not be found` (xero.md 5.4). */
export const unknownText = (kind: string): string =>
  `An existing ${kind} with the specified ${kind.replaceAll(' ', '')}ID could not be found`

function exception(number: number, type: string, message: string): ApiProblem {
  return new ApiProblem(jsonAnswer({ ErrorNumber: number, Type: type, Message: message }, 400))
}

export const badPostData = (detail: string): ApiProblem =>
  exception(14, 'PostDataInvalidException', `JSON for post data was invalid, ${detail}`)

export const queryParse = (message: string): ApiProblem => exception(16, 'QueryParseException', message)

export const noData = (): ApiProblem =>
  exception(17, 'NoDataProcessedException', 'No data has been processed for this endpoint.')

/** Unknown ids and routes are not JSON at all (measured). */
export const notFound = (): ApiProblem => new ApiProblem({ status: 404, contentType: 'text/html', body: '' })

/** Xero would do something here that this sandbox does not know: loud, so that it is never taken for an answer. */
export const simulatorGap = (status: number, detail: string): ApiProblem =>
  new ApiProblem({ status, contentType: 'text/plain', body: `SANDBOX: ${detail}` })

/** The shape of authentication and authorisation failures (xero.md 5.3). */
export function accessDenied(status: 401 | 403, detail: string, headers: Record<string, string> = {}): ApiProblem {
  const body = render({
    Type: null,
    Title: status === 401 ? 'Unauthorized' : 'Forbidden',
    Status: status,
    Detail: detail,
    Instance: randomUUID(),
    Extensions: {},
  })
  return new ApiProblem({ status, contentType: JSON_TYPE, body, headers })
}
