import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classify } from './classify.ts'

const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fc.constantFrom('', '<html>', '{"data":[{"id":"1"', '[]', 'null', '12'),
  fc
    .record({
      code: fc.constantFrom('INVALID_DATA', 'INVALID_TOKEN', 'SUCCESS', ''),
      status: fc.constantFrom('error', 'success'),
    })
    .map((body) => JSON.stringify(body)),
)

test('no answer of a write reads as "nothing happened" unless Zoho said so in its own words', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), bodies, (status, body) => {
      const response = { status, headers: {}, body }
      const write = classify(response, { effect: 'write', label: 'POST /Accounts' })
      expect(write.type).not.toBe('unavailable')
      const read = classify(response, { effect: 'read', label: 'GET /Accounts' })
      expect(read.type).not.toBe('unknown')
    }),
  )
})

test.each([
  [
    { status: 400, code: 'INVALID_HOST' },
    { type: 'disconnected', code: 'organisationUnreachable' },
  ],
  [
    { status: 403, code: 'LICENSE_EXPIRED' },
    { type: 'disconnected', code: 'organisationUnreachable' },
  ],
  [
    { status: 403, code: 'OAUTH_SCOPE_MISMATCH' },
    { type: 'disconnected', code: 'scopeMissing' },
  ],
  [{ status: 401, code: 'SOMETHING_NEW' }, { type: 'staleToken' }],
  [{ status: 400, code: 'RATE_LIMIT_EXCEEDED' }, { type: 'tooMany' }],
  [{ status: 429, code: 'RATE_LIMIT_EXCEEDED' }, { type: 'tooMany' }],
  [{ status: 403, code: 'NO_PERMISSION' }, { type: 'answer' }],
])('%j is read as %j', ({ status, code }, expected) => {
  const body = JSON.stringify({ code, details: {}, message: 'm', status: 'error' })
  expect(classify({ status, headers: {}, body }, { effect: 'read', label: 'GET /x' })).toMatchObject(expected)
})

test('a record with a field called "code" is no refusal', () => {
  const body = '{"data":[{"id":"1","code":"DUPLICATE_DATA"}]}'
  expect(classify({ status: 200, headers: {}, body }, { effect: 'read', label: 'x' })).toMatchObject({
    type: 'answer',
    answer: { problem: null },
  })
})
