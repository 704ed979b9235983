import { describe, expect, it } from 'vitest'
import { classify, type Effect } from './classify.ts'

const answer = (status: number, body = '', headers: Record<string, string> = {}) => ({ status, body, headers })
const both = (status: number, body = '', headers: Record<string, string> = {}) =>
  (['read', 'write'] as const).map((effect) => summary(status, { body, headers, effect }))

function summary(status: number, rest: { body: string; headers: Record<string, string>; effect: Effect }) {
  const outcome = classify(answer(status, rest.body, rest.headers), rest.effect)
  return 'code' in outcome ? `${outcome.type} ${outcome.code}` : outcome.type
}

const DETAIL = (detail: string) => `{"Type":null,"Title":"x","detail":"${detail}"}`

describe('classify', () => {
  it('never takes an unknown write for a clean failure, nor a read for an unknown one', () => {
    for (const status of [500, 501, 502, 504]) {
      expect(both(status, '<html>')).toEqual(['unavailable remoteUnavailable', 'unknown remoteUnavailable'])
    }
    expect(both(200, '<html>oops')).toEqual(['unavailable remoteAnswerUnreadable', 'unknown remoteAnswerUnreadable'])
    expect(both(200, '{"Contacts":[{"Na')).toEqual([
      'unavailable remoteAnswerUnreadable',
      'unknown remoteAnswerUnreadable',
    ])
    expect(both(302)).toEqual(['unavailable remoteAnswerUnreadable', 'unknown remoteAnswerUnreadable'])
  })

  it('knows that an offline organisation executed nothing', () => {
    expect(both(503, 'The Organisation is offline')).toEqual([
      'unavailable remoteUnavailable',
      'unavailable remoteUnavailable',
    ])
  })

  // Catches: a write that a gateway had passed on before it said so, sent anew with another key (I2).
  it('does not believe another 503 of a write', () => {
    expect(both(503, '<html>Service unavailable</html>')).toEqual([
      'unavailable remoteUnavailable',
      'unknown remoteUnavailable',
    ])
  })

  it('does not refresh a token for a missing scope, in either spelling: it would loop', () => {
    for (const spelling of ['insufficient_scope', 'insufficent_scope']) {
      const headers = { 'www-authenticate': `Bearer error="${spelling}"` }
      expect(both(401, '', headers)).toEqual(['disconnected scopeMissing', 'disconnected scopeMissing'])
    }
    expect(both(401, DETAIL('AuthorizationUnsuccessful'))[0]).toBe('disconnected scopeMissing')
  })

  it('takes an expired and an unknown token for stale', () => {
    expect(both(401, DETAIL('TokenExpired: token expired at 10/06/2026 03:00:00'))).toEqual([
      'staleToken',
      'staleToken',
    ])
    expect(both(401, DETAIL('AuthenticationUnsuccessful'))[0]).toBe('staleToken')
  })

  it('tells a closed organisation from the page of an edge server: the latter must not disconnect a customer', () => {
    expect(both(403, DETAIL('AuthenticationUnsuccessful'))[0]).toBe('disconnected organisationUnreachable')
    expect(both(403, '<html>Access Denied')).toEqual(['unavailable remoteUnavailable', 'unavailable remoteUnavailable'])
  })

  it('reads which limit was hit whatever the spelling, and for how long', () => {
    const scopeOf = (problem: string) => {
      const outcome = classify(answer(429, '', { 'x-rate-limit-problem': problem, 'retry-after': '70000' }), 'write')
      return outcome.type === 'throttled' ? `${outcome.scope} ${outcome.retryAfterMs}` : outcome.type
    }
    expect(['Minute', 'day', 'concurrent', 'app-minute', 'AppMinute', 'brandnew'].map(scopeOf)).toEqual(
      ['minute', 'day', 'concurrent', 'app', 'app', 'minute'].map((scope) => `${scope} 70000000`),
    )
    expect(classify(answer(429), 'read')).toEqual({ type: 'throttled', scope: 'minute', retryAfterMs: null })
  })

  it('leaves 2xx, 400 and 404 to the endpoint, JSON or not', () => {
    expect(both(204)).toEqual(['answer', 'answer'])
    expect(classify(answer(404, '<html>'), 'read')).toMatchObject({ answer: { status: 404, json: undefined } })
    expect(classify(answer(400, '{"Message":"m"}'), 'write')).toMatchObject({ answer: { json: { Message: 'm' } } })
  })
})
