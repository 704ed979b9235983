import type { FaultEffect } from '@tandem/sandbox/core/faults.ts'
import { describe, expect, test } from 'vitest'
import { must, type ZohoBench, zohoBench } from '../../../test/zoho-sandbox.ts'

/** Faults, refusals and limits of the sandbox: every one must come out as the right member of the closed union. */
const READ = { collection: 'Accounts', since: null, page: 1 } as const

function strike(bench: ZohoBench, effect: FaultEffect, times = 1) {
  bench.sandbox.control.faults.add({ effect, path: '^/crm/', skip: 0, times })
}

const respond = (status: number, body: string): FaultEffect => ({ type: 'respond', status, body, headers: {} })

async function writeOne(bench: ZohoBench) {
  const remote = bench.remote()
  const row = { remoteId: null, payload: { Account_Name: 'A' }, unmodifiedSince: null }
  return remote.send(remote.prepare({ collection: 'Accounts', verb: 'create', rows: [row] }), 'key')
}

describe('what may have happened is never called "did not happen"', () => {
  const troubles: readonly (readonly [string, FaultEffect, string])[] = [
    [
      '500 after the commit',
      {
        type: 'respondAfter',
        status: 500,
        headers: {},
        body: '{"code":"INTERNAL_ERROR","details":{},"message":"Internal Server Error","status":"error"}',
      },
      'remoteUnavailable',
    ],
    ['502 with HTML', respond(502, '<html>Bad Gateway</html>'), 'remoteUnavailable'],
    ['503', respond(503, ''), 'remoteUnavailable'],
    ['HTML with 200', respond(200, '<html>Zoho</html>'), 'remoteAnswerUnreadable'],
    ['half an answer', { type: 'truncate' }, 'remoteAnswerUnreadable'],
    ['a dropped connection', { type: 'dropAfter' }, 'connectionLost'],
  ]
  test.each(troubles)('%s: a read is unavailable, a write unknown', async (_name, effect, code) => {
    const bench = zohoBench({ contacts: 5, items: 1, invoices: 0 })
    strike(bench, effect)
    expect(await bench.remote().listPage(READ)).toMatchObject({ type: 'unavailable', code })
    strike(bench, effect)
    expect(await writeOne(bench)).toMatchObject({ type: 'unknown', code })
  })
})

describe('tokens', () => {
  test.each(['INVALID_TOKEN', 'AUTHENTICATION_FAILURE'] as const)(
    'an expired token is renewed without anybody noticing, also when Zoho calls it %s',
    async (code) => {
      const bench = zohoBench()
      bench.sandbox.control.switches.set('expiredToken', code)
      const remote = bench.remote()
      must(await remote.listPage(READ))
      await bench.time.advance(3_700_000)
      must(await remote.listPage(READ))
      expect(remote.usage().calls).toBe(3)
    },
  )

  test('a token refused twice ends: a loop of refreshes would block the account for ten minutes', async () => {
    const bench = zohoBench()
    const body = '{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}'
    strike(bench, respond(401, body), 5)
    const outcome = await bench.remote().listPage(READ)
    expect(outcome).toMatchObject({ type: 'disconnected', code: 'reconnectNeeded' })
    expect(bench.sandbox.control.log.list().filter((entry) => entry.path.endsWith('/token'))).toHaveLength(2)
  })

  test('a revoked grant asks for a person, not for patience', async () => {
    const bench = zohoBench()
    await bench.act({ action: 'revokeGrant' })
    expect(await bench.remote().listPage(READ)).toMatchObject({ type: 'disconnected', code: 'reconnectNeeded' })
  })

  test.each(['401', '403'] as const)('a missing scope (%s) is no expired token: no refresh helps', async (status) => {
    const bench = zohoBench()
    bench.sandbox.control.switches.set('scopeMismatchStatus', status)
    must(await bench.remote().listPage(READ))
    await bench.act({ action: 'removeScope', scope: 'ZohoCRM.modules.ALL' })
    const before = bench.sandbox.control.log.count()
    expect(await bench.remote().listPage(READ)).toMatchObject({ type: 'disconnected', code: 'scopeMissing' })
    expect(bench.sandbox.control.log.count()).toBe(before + 1)
  })
})

describe('refusals say what to do', () => {
  test('a module that the user cannot see', async () => {
    const bench = zohoBench()
    strike(
      bench,
      respond(
        400,
        '{"code":"INVALID_MODULE","details":{"resource_path_index":0},"message":"the module name given seems to be invalid","status":"error"}',
      ),
    )
    expect(await bench.remote().listPage({ ...READ, collection: 'Invoices' })).toMatchObject({
      type: 'refused',
      code: 'moduleMissing',
      message: expect.stringContaining('Invoices'),
    })
  })

  test('a right that the profile lacks', async () => {
    const bench = zohoBench()
    strike(
      bench,
      respond(
        403,
        '{"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_View_Accounts"]},"message":"Permission denied","status":"error"}',
      ),
    )
    expect(await bench.remote().listPage(READ)).toMatchObject({
      type: 'refused',
      code: 'permissionMissing',
      message: expect.stringContaining('Crm_Implied_View_Accounts'),
    })
  })

  test('another data centre', async () => {
    const bench = zohoBench()
    expect(await bench.remote({ apiDomain: 'http://localhost:4010/dc/us' }).listPage(READ)).toMatchObject({
      type: 'disconnected',
      code: 'organisationUnreachable',
    })
  })
})

describe('limits', () => {
  test('429 pauses, longer each time: hammering would keep the org locked', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    strike(bench, respond(429, '{"code":"TOO_MANY_REQUESTS","details":{},"message":"","status":"error"}'), 3)
    const waits = []
    for (let round = 0; round < 3; round += 1) {
      const outcome = await remote.listPage(READ)
      if (outcome.type !== 'throttled') throw new Error(outcome.type)
      expect(outcome.scope).toBe('concurrent')
      waits.push(outcome.retryAfterMs ?? 0)
      await bench.time.advance(outcome.retryAfterMs ?? 0)
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    must(await remote.listPage(READ))
    expect(remote.usage().throttled).toBe(3)
  })

  test('a spent day is told from a full moment by the credits header', async () => {
    const bench = zohoBench()
    const remote = bench.remote({ priority: 'interactive' })
    await bench.act({ action: 'setCredits', remaining: 1 })
    must(await remote.listPage(READ))
    expect(await remote.listPage(READ)).toMatchObject({ type: 'throttled', scope: 'day' })
  })

  test('background work leaves credits to people: a bulk sync must not disable the button', async () => {
    const bench = zohoBench()
    const shared = bench.remote()
    await bench.act({ action: 'setCredits', remaining: 400 })
    must(await shared.listPage(READ))
    expect(await shared.listPage(READ)).toMatchObject({ type: 'throttled', scope: 'day' })
    must(await bench.remote({ priority: 'interactive' }).listPage(READ))
  })

  test('many reads at once never exceed what the org allows at once', async () => {
    const bench = zohoBench({ contacts: 40, items: 5, invoices: 60 })
    bench.sandbox.control.switches.set('edition', 'free')
    const remote = bench.remote({ edition: 'free' })
    const page = must(await remote.listPage({ ...READ, collection: 'Invoices' }))
    const ids = page.rows.map((row) => row.id)
    const lists = await Promise.all([remote.readMany('Invoices', ids), remote.readMany('Invoices', ids)])
    expect(lists.map((list) => must(list).length)).toEqual([60, 60])
    expect(remote.usage().throttled).toBe(0)
  })
})
