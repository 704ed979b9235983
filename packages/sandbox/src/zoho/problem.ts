import type { JsonObject } from './model/json.ts'

/** One refusal in Zoho's words: `{code, details, message, status: "error"}` (zoho-crm.md 3.15, 7). */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly details: JsonObject
}

/** What a route answers. No body means an empty one (204, 304). */
export interface ApiAnswer {
  readonly status: number
  readonly body?: unknown
}

export function problemBody(problem: Problem): JsonObject {
  return { code: problem.code, details: problem.details, message: problem.message, status: 'error' }
}

/** An unwrapped request-level refusal (zoho-crm.md 7). */
export function refuse(status: number, problem: Problem): ApiAnswer {
  return { status, body: problemBody(problem) }
}

export function invalidData(details: JsonObject, message = 'invalid data'): Problem {
  return { code: 'INVALID_DATA', message, details }
}

export function mandatoryNotFound(apiName: string, path: string): Problem {
  return {
    code: 'MANDATORY_NOT_FOUND',
    message: 'required field not found',
    details: { api_name: apiName, json_path: path },
  }
}

export const INVALID_ID_MESSAGE = 'the id given seems to be invalid'

export function invalidModule(): ApiAnswer {
  return refuse(400, {
    code: 'INVALID_MODULE',
    message: 'the module name given seems to be invalid',
    details: { resource_path_index: 0 },
  })
}

export function missingParam(name: string): ApiAnswer {
  return refuse(400, {
    code: 'REQUIRED_PARAM_MISSING',
    message: 'One of the expected parameter is missing',
    details: { param_name: name },
  })
}

export function invalidParam(name: string, more: JsonObject = {}): ApiAnswer {
  return refuse(400, invalidData({ param_name: name, ...more }))
}

export function limitExceeded(limit: number, paramName: string): ApiAnswer {
  return refuse(400, {
    code: 'LIMIT_EXCEEDED',
    message: 'the given parameter exceeds the allowed limit',
    details: { limit, param_name: paramName },
  })
}
