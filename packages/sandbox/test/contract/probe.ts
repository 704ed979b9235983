import { checkRequest } from './check-request.ts'
import { checkResponse } from './check-response.ts'
import type { Finding } from './finding.ts'
import { isObject, listAt, objectAt } from './json-node.ts'
import type { Api } from './specs-folder.ts'

export interface ProbeCall {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** With the query, without the host. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Reply {
  readonly status: number
  /** Parsed JSON, the text when it is not JSON, undefined when empty. */
  readonly body: unknown
}

/** Calls a sandbox in its own process and holds each call and each answer against the vendor's file. */
export interface Probe {
  call(call: ProbeCall): Promise<Reply>
  /** The same probe, for calls that must be answered with a status of 300 or more; else success is expected. */
  expecting(status: number): Probe
  findings(): readonly Finding[]
  /** Calls with another status than expected: without them a drive would not reach what it means to. */
  surprises(): readonly string[]
}

export interface ProbeTarget {
  readonly api: Api
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** `http://localhost:4020`. */
  readonly origin: string
  readonly headers: Readonly<Record<string, string>>
}

export function createProbe(target: ProbeTarget): Probe {
  return createView(target, { findings: [], surprises: [] }, undefined)
}

interface Notebook {
  readonly findings: Finding[]
  readonly surprises: string[]
}

function createView(target: ProbeTarget, notebook: Notebook, expected: number | undefined): Probe {
  return {
    findings: () => notebook.findings,
    surprises: () => notebook.surprises,
    expecting: (status) => createView(target, notebook, status),
    async call(call) {
      const { method = 'GET', path, body } = call
      const url = new URL(path, target.origin)
      const response = await target.fetch(requestOf(target, url, call))
      const reply = { status: response.status, body: parse(await response.text()) }
      const sent = { method, path: url.pathname, query: url.search, body }
      // What a refused call got wrong is refused on purpose: only its answer counts.
      if (reply.status < 400) notebook.findings.push(...checkRequest(target.api, sent))
      notebook.findings.push(...checkResponse(target.api, { ...sent, ...reply }))
      const isExpected = expected === undefined ? reply.status < 300 : reply.status === expected
      if (!isExpected) notebook.surprises.push(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
      return reply
    },
  }
}

function requestOf(target: ProbeTarget, url: URL, { method = 'GET', body, headers }: ProbeCall): Request {
  const content = body === undefined ? {} : { 'content-type': 'application/json' }
  return new Request(url, {
    method,
    headers: { ...target.headers, ...content, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The text under a key of the n-th record of a list in an answer, '' when there is none. */
export function textIn(reply: Reply, list: string, key: string): string {
  const [first] = isObject(reply.body) ? listAt(reply.body, list) : []
  const value = isObject(first) ? first[key] : undefined
  return typeof value === 'string' ? value : ''
}

/** `data[n].details.id` of what a Zoho write answers. */
export function writtenId(reply: Reply, list = 'data'): string {
  const [first] = isObject(reply.body) ? listAt(reply.body, list) : []
  const id = isObject(first) ? objectAt(first, 'details').id : undefined
  return typeof id === 'string' ? id : ''
}
