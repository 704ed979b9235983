import { describe, expect, it } from 'vitest'
import { openOrg } from '../test-org.ts'

describe('credits', () => {
  it('charges one per ten records and shows what is left from half of the budget on', async () => {
    const org = await openOrg()
    await org.act({ action: 'setCredits', budget: 100 })
    const data = Array.from({ length: 45 }, () => ({ Account_Name: 'x' }))
    await org.call('POST', '/Accounts', { body: { data } })
    expect((await org.call('GET', '/org')).headers.get('x-api-credits-remaining')).toBeNull()
    await org.act({ action: 'setCredits', remaining: 50 })
    expect((await org.call('GET', '/Accounts/deleted')).headers.get('x-api-credits-remaining')).toBe('48')
  })

  it('answers 429 when they are gone, and again after 24 hours', async () => {
    const org = await openOrg()
    await org.act({ action: 'setCredits', remaining: 1 })
    expect((await org.call('GET', '/org')).status).toBe(200)
    const refused = await org.call('GET', '/org')
    expect([refused.status, refused.json.at('code')]).toEqual([429, 'TOO_MANY_REQUESTS'])
    org.set('watch429', 'RATE_LIMIT_EXCEEDED')
    expect((await org.call('GET', '/actions/watch')).json.at('code')).toBe('RATE_LIMIT_EXCEEDED')
    await org.clock.advance(24 * 3_600_000)
    await org.authorize()
    expect((await org.call('GET', '/org')).status).toBe(200)
  })
})

describe('concurrency', () => {
  it('refuses the calls beyond the edition, and the eleventh heavy one', async () => {
    const org = await openOrg()
    org.set('latency', '20')
    const statuses = async (count: number, send: () => Promise<{ status: number }>) => {
      const answers = await Promise.all(Array.from({ length: count }, send))
      return answers.filter((answer) => answer.status === 429).length
    }
    expect(await statuses(25, () => org.call('GET', '/org'))).toBe(5)
    const body = { select_query: 'select id from Accounts where id is not null' }
    expect(await statuses(12, () => org.call('POST', '/coql', { body }))).toBe(2)
    org.set('edition', 'free')
    expect(await statuses(8, () => org.call('GET', '/org'))).toBe(3)
  })
})
