import { describe, expect, test } from 'vitest'
import { at, messagesOf, startSandbox, textAt } from '../testing.ts'

const MINUTE = 60_000
const repeat = async (times: number, work: () => Promise<unknown>) => {
  for (let index = 0; index < times; index += 1) await work()
}

describe('rate limits', () => {
  test('the 61st call of a window is 429 with the seconds until the window ends', async () => {
    const { call, clock, control } = await startSandbox()
    await clock.advance(MINUTE)
    await repeat(60, () => call('GET', 'Organisation'))
    const refused = await call('GET', 'Organisation')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('x-rate-limit-problem')).toBe('minute')
    expect(refused.headers.get('x-minlimit-remaining')).toBe('0')
    const seconds = Number(refused.headers.get('retry-after'))
    await clock.advance((seconds - 1) * 1000 - 1000)
    expect((await call('GET', 'Organisation')).status).toBe(429)
    await clock.advance(2000)
    expect((await call('GET', 'Organisation')).status).toBe(200)
    const state = await control('GET', 'state')
    expect(at(state.json, 'limits')).toMatchObject({ maxCallsInMinuteWindow: 60, refusedTotal: 2, maxInFlightSeen: 1 })
  })

  test('the day limit of the Starter tier is 1,000 calls', async () => {
    const { call, clock } = await startSandbox({ tier: 'starter' })
    for (let minute = 0; minute < 17; minute += 1) {
      await repeat(59, () => call('GET', 'Organisation'))
      await clock.advance(MINUTE)
    }
    const last = await call('GET', 'Organisation')
    // The token is 17 minutes old, so this is the limit speaking, unless a new day began meanwhile.
    expect(last.status).toBe(429)
    expect(last.headers.get('x-rate-limit-problem')).toBe('day')
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(60)
  })

  test('the sixth call in flight is refused without a Retry-After', async () => {
    const { call, sandbox, control } = await startSandbox()
    sandbox.control.switches.set('responseDelayMs', '50')
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => call('GET', 'Organisation')))
    expect(answers.some((answer) => answer.headers.get('x-rate-limit-problem') === 'concurrent')).toBe(true)
    expect(answers.find((answer) => answer.status === 429)?.headers.get('retry-after')).toBeNull()
    expect(textAt((await control('GET', 'state')).json, 'limits', 'maxInFlightSeen')).toBe('6')
  })

  test.each([
    ['rateLimitMinute', 'minute'],
    ['rateLimitDay', 'day'],
    ['rateLimitConcurrent', 'concurrent'],
    ['rateLimitApp', 'appminute'],
  ])('fault %s strikes on demand and is not counted against the client', async (name, problem) => {
    const { call, control } = await startSandbox()
    await control('POST', 'faults', { effect: { type: 'named', name } })
    expect((await call('GET', 'Contacts')).headers.get('x-rate-limit-problem')).toBe(problem)
    expect((await call('GET', 'Contacts')).status).toBe(200)
    expect(at((await control('GET', 'state')).json, 'limits')).toMatchObject({ refusedTotal: 0, injected429s: 1 })
  })

  test('every answer carries the remaining counts and a correlation id', async () => {
    const { call } = await startSandbox()
    const { headers } = await call('GET', 'Nonsense')
    expect(headers.get('x-daylimit-remaining')).toBe('4999')
    expect(headers.get('x-appminlimit-remaining')).toBe('9999')
    expect(headers.get('xero-correlation-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('idempotency', () => {
  const create = (name: string) => ({ Contacts: [{ Name: name }] })
  const keyed = (key: string, body: unknown) => ({ body, headers: { 'Idempotency-Key': key } })

  test('a replay gives the first answer and creates nothing, also when it races', async () => {
    const { call } = await startSandbox()
    const [first, second] = await Promise.all([
      call('PUT', 'Contacts', keyed('k', create('A'))),
      call('PUT', 'Contacts', keyed('k', create('A'))),
    ])
    expect(second.text).toBe(first.text)
    expect(at((await call('GET', 'Contacts?page=1')).json, 'Contacts')).toHaveLength(1)
  })

  test('after six minutes the same key executes again', async () => {
    const { call, clock } = await startSandbox()
    await call('POST', 'Invoices', keyed('k', invoice))
    await clock.advance(6 * MINUTE - 1)
    await call('POST', 'Invoices', keyed('k', invoice))
    expect(at((await call('GET', 'Invoices?page=1')).json, 'Invoices')).toHaveLength(1)
    await clock.advance(1)
    await call('POST', 'Invoices', keyed('k', invoice))
    expect(at((await call('GET', 'Invoices?page=1')).json, 'Invoices')).toHaveLength(2)
  })

  test('another body, URL or method under the same key is refused', async () => {
    const { call } = await startSandbox()
    await call('PUT', 'Contacts', keyed('k', create('A')))
    const attempts = [
      call('PUT', 'Contacts', keyed('k', create('B'))),
      call('PUT', 'Contacts?x=1', keyed('k', create('A'))),
      call('POST', 'Contacts', keyed('k', create('A'))),
    ]
    for (const answer of await Promise.all(attempts)) {
      expect(answer.status).toBe(400)
      expect(answer.text).toBe('Idempotency Key: k is used with a different request.')
    }
    expect((await call('PUT', 'Contacts', keyed('x'.repeat(129), create('C')))).status).toBe(400)
  })

  test('an internal error is remembered although the write was committed', async () => {
    const { call, control } = await startSandbox()
    await control('POST', 'faults', { effect: { type: 'named', name: 'internalError', options: { when: 'after' } } })
    expect((await call('PUT', 'Contacts', keyed('k', create('A')))).status).toBe(500)
    expect((await call('PUT', 'Contacts', keyed('k', create('A')))).status).toBe(500)
    expect(at((await call('GET', 'Contacts?page=1')).json, 'Contacts')).toHaveLength(1)
  })

  test('a 429 is not remembered', async () => {
    const { call, control } = await startSandbox()
    await control('POST', 'faults', { effect: { type: 'named', name: 'rateLimitMinute' } })
    expect((await call('PUT', 'Contacts', keyed('k', create('A')))).status).toBe(429)
    expect((await call('PUT', 'Contacts', keyed('k', create('A')))).status).toBe(200)
  })

  const invoice = { Type: 'ACCREC', Contact: { Name: 'A' }, LineItems: [{ Description: 'x' }] }
})

describe('loud mistakes and faults', () => {
  test('a call without Accept: application/json fails instead of passing here and answering XML there', async () => {
    const { call } = await startSandbox()
    expect((await call('GET', 'Contacts', { headers: { accept: '*/*' } })).status).toBe(406)
  })

  test('bad JSON and no elements have their own exceptions', async () => {
    const { call } = await startSandbox()
    expect((await call('PUT', 'Contacts', { body: '{' })).text).toContain('PostDataInvalidException')
    expect((await call('PUT', 'Contacts', { body: { Contacts: [] } })).text).toContain('NoDataProcessedException')
  })

  test('partialBatch fails the k-th element only', async () => {
    const { call, control } = await startSandbox()
    await control('POST', 'faults', {
      effect: { type: 'named', name: 'partialBatch', options: { index: 1, message: 'No luck' } },
    })
    const answer = await call('PUT', 'Contacts?summarizeErrors=false', {
      body: { Contacts: [{ Name: 'A' }, { Name: 'B' }] },
    })
    expect(at(answer.json, 'Contacts', 0, 'StatusAttributeString')).toBe('OK')
    expect(messagesOf(answer)).toEqual(['No luck'])
  })

  test('offline, tokenExpiry, rowMissing and rowsReordered strike', async () => {
    const { call, control } = await startSandbox()
    await call('PUT', 'Contacts', { body: { Contacts: [{ Name: 'A' }, { Name: 'B' }] } })
    const arm = (name: string) => control('POST', 'faults', { effect: { type: 'named', name } })
    await arm('offline')
    expect((await call('GET', 'Contacts')).status).toBe(503)
    await arm('rowMissing')
    expect(at((await call('GET', 'Contacts?page=1')).json, 'Contacts')).toHaveLength(1)
    const names = async () =>
      [0, 1]
        .map((index) => index)
        .map(async (index) => at((await call('GET', 'Contacts?page=1&order=Name')).json, 'Contacts', index, 'Name'))
    expect(await Promise.all(await names())).toEqual(['A', 'B'])
    await arm('rowsReordered')
    expect(at((await call('GET', 'Contacts?page=1&order=Name')).json, 'Contacts', 0, 'Name')).toBe('B')
    await arm('tokenExpiry')
    expect((await call('GET', 'Contacts')).status).toBe(401)
  })
})
