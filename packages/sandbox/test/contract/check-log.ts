import { LOGGED_BODY_LIMIT, type LoggedRequest } from '../../src/core/request-log.ts'
import type { AllowList } from './allow-list.ts'
import { checkRequest } from './check-request.ts'
import { type Finding, wholeFinding } from './finding.ts'
import { sheetAllowances } from './sheet-deviations.ts'
import type { Api } from './specs-folder.ts'

/** Checks every call that a sandbox has received: so the connectors' own calls are held against the vendors' files. */
export function checkLoggedRequests(
  api: Api,
  requests: readonly LoggedRequest[],
  allowed: AllowList = sheetAllowances,
): Finding[] {
  return requests.flatMap((request) => {
    const { method, path, query } = request
    const body = readBody(request)
    if (body.ok) return checkRequest(api, { method, path, query, body: body.value }, allowed)
    const context = { api, direction: 'request', method, path, status: undefined } as const
    return wholeFinding(context, 'notJson', request.body.slice(0, 60))
  })
}

type ReadBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false }

/** Forms and files are not looked into, and a body that the log has cut cannot be. */
function readBody({ body, headers }: LoggedRequest): ReadBody {
  const type = headers['content-type'] ?? ''
  if (body === '' || body.length >= LOGGED_BODY_LIMIT || !type.includes('json')) return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(body) }
  } catch {
    return { ok: false }
  }
}
