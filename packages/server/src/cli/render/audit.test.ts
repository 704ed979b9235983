import { expect, test } from 'vitest'
import { auditLines } from './audit.ts'

const AT = '2026-11-20T03:00:00.000Z'
const times = {
  tandem: AT,
  zoho: { created: '2026-10-01T00:00:00.000Z', modified: '2026-11-20T02:59:58.000Z' },
  xero: null,
}

// Catches: a change without the times of both systems, or a name that moves the cursor of a terminal (R21h).
test('a change shows three times, a line about no record ours alone', () => {
  const detail = {
    side: 'xero',
    kind: 'contact',
    verb: 'create',
    title: 'Snowy River',
    code: null,
    changes: [{ field: 'name', before: '', after: 'Snowy River', reason: 'create' }],
  }
  const event = { id: '1', at: Date.parse(AT), times, runId: 'r', linkId: 'l', type: 'op.confirmed', detail }
  expect(auditLines(event)).toEqual([
    '2026-11-20T03:00:00.000Z  confirmed   create contact "Snowy River" in Xero',
    '    Zoho CRM  modified 2026-11-20T02:59:58.000Z, created 2026-10-01T00:00:00.000Z',
    '    Xero      not there',
    '    name  (blank) -> "Snowy River"',
  ])
  const plain = { ...event, times: { ...times, zoho: null }, type: 'planApproved', detail: { planId: 'p' } }
  expect(auditLines(plain)).toEqual([`${AT}  planApproved`])
})
