import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

async function orgWith(count: number): Promise<TestOrg> {
  const org = await openOrg()
  for (let done = 0; done < count; done += 100) {
    const data = Array.from({ length: Math.min(100, count - done) }, (_, i) => ({ Account_Name: `A${done + i}` }))
    await org.call('POST', '/Accounts', { body: { data } })
  }
  return org
}
const codeOf = async (org: TestOrg, path: string, headers: Record<string, string> = {}) => {
  const answer = await org.call('GET', path, { headers })
  return [answer.status, answer.json.at('code')]
}

describe('list', () => {
  it('requires fields, at most 50', async () => {
    const org = await orgWith(1)
    expect(await codeOf(org, '/Accounts')).toEqual([400, 'REQUIRED_PARAM_MISSING'])
    const many = Array.from({ length: 51 }, (_, i) => `f${i}`).join(',')
    expect(await codeOf(org, `/Accounts?fields=${many}`)).toEqual([400, 'LIMIT_EXCEEDED'])
  })

  it('stops page at 2,000 rows and goes on with page_token, bound to all parameters', async () => {
    const org = await orgWith(2300)
    const list = '/Accounts?fields=Account_Name'
    expect(await codeOf(org, `${list}&page=11`)).toEqual([400, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED'])
    const ten = await org.call('GET', `${list}&page=10`)
    const token = ten.json.text('info', 'next_page_token')
    const eleven = await org.call('GET', `${list}&page_token=${token}`)
    expect([eleven.json.list('data').length, eleven.json.at('info', 'more_records')]).toEqual([200, true])
    expect(await codeOf(org, `${list}&page_token=${token}&page=2`)).toEqual([400, 'AMBIGUITY_DURING_PROCESSING'])
    expect(await codeOf(org, `${list},Phone&page_token=${token}`)).toEqual([400, 'TOKEN_BOUND_DATA_MISMATCH'])
    await org.clock.advance(24 * 3_600_000)
    await org.authorize()
    expect(await codeOf(org, `${list}&page_token=${token}`)).toEqual([400, 'EXPIRED_VALUE'])
  })

  it('filters by If-Modified-Since, exclusive by default, and answers 304 with no body', async () => {
    const org = await orgWith(3)
    const path = '/Accounts?fields=id&sort_by=Modified_Time&sort_order=asc'
    const since = { 'If-Modified-Since': '2026-03-01T10:00:00+11:00' }
    const none = await org.call('GET', path, { headers: since })
    expect([none.status, none.text]).toEqual([304, ''])
    org.set('modifiedSince', 'inclusive')
    expect((await org.call('GET', path, { headers: since })).json.list('data')).toHaveLength(3)
    org.set('modifiedSince', 'exclusive')
    org.set('emptyWithHeader', '204')
    expect((await org.call('GET', path, { headers: since })).status).toBe(204)
  })

  it('with keyset tokens a row that moves while paging makes no other row be skipped; with offsets it does', async () => {
    const seen = async (mode: string) => {
      const org = await orgWith(4)
      org.set('pageTokenMode', mode)
      const path = '/Accounts?fields=Account_Name&per_page=2&sort_by=Modified_Time&sort_order=asc'
      const first = await org.call('GET', path)
      await org.clock.advance(1000)
      const moved = first.json.text('data', 0, 'id')
      await org.act({ action: 'edit', module: 'Accounts', id: moved, values: { Phone: '1' } })
      const second = await org.call('GET', `${path}&page_token=${first.json.text('info', 'next_page_token')}`)
      return [...first.json.list('data'), ...second.json.list('data')].map((row) => row.at('Account_Name'))
    }
    expect(await seen('keyset')).toEqual(['A0', 'A1', 'A2', 'A3'])
    expect(await seen('offset')).toEqual(['A0', 'A1', 'A3', 'A0'])
  })

  it('renders times in the zone of the token user, across the end of daylight saving', async () => {
    const org = await openOrg()
    await org.clock.set(Date.parse('2026-04-05T02:30:00+11:00'))
    await org.authorize()
    const id = await org.add('Accounts', { Account_Name: 'DST' })
    await org.clock.advance(3_600_000 - 1)
    expect((await org.call('GET', `/Accounts/${id}`)).json.at('data', 0, 'Modified_Time')).toBe(
      '2026-04-05T02:30:00+11:00',
    )
    await org.clock.advance(3_600_000)
    await org.authorize()
    const later = await org.add('Accounts', { Account_Name: 'After' })
    expect((await org.call('GET', `/Accounts/${later}`)).json.text('data', 0, 'Modified_Time')).toMatch(/\+10:00$/)
  })
})

describe('one record', () => {
  it('answers 204 for an id that is gone, 400 for one that is none', async () => {
    const org = await openOrg()
    const id = await org.add('Accounts', { Account_Name: 'A' })
    await org.call('DELETE', `/Accounts/${id}`)
    expect((await org.call('GET', `/Accounts/${id}`)).status).toBe(204)
    expect(await codeOf(org, '/Accounts/abc')).toEqual([400, 'INVALID_DATA'])
    org.set('deletedGet', '400')
    expect(await codeOf(org, `/Accounts/${id}`)).toEqual([400, 'INVALID_DATA'])
    expect(await codeOf(org, '/Nonsense?fields=id')).toEqual([400, 'INVALID_MODULE'])
  })
})

describe('deleted feed', () => {
  it('shows the bin, then permanent rows with nothing but the id, then nothing', async () => {
    const org = await openOrg()
    const id = await org.add('Accounts', { Account_Name: 'Gone' })
    await org.call('DELETE', `/Accounts?ids=${id}&wf_trigger=false`)
    const feed = async () => (await org.call('GET', '/Accounts/deleted?type=all')).json
    expect((await feed()).at('data', 0, 'display_name')).toBe('Gone')
    await org.clock.advance(61 * 86_400_000)
    await org.authorize()
    expect([(await feed()).at('data', 0, 'type'), (await feed()).at('data', 0, 'display_name')]).toEqual([
      'permanent',
      null,
    ])
    await org.clock.advance(60 * 86_400_000)
    await org.authorize()
    expect((await org.call('GET', '/Accounts/deleted')).status).toBe(204)
    expect(await codeOf(org, '/Accounts/deleted?type=x')).toEqual([400, 'PATTERN_NOT_MATCHED'])
  })

  it('a restored record keeps its id and comes back', async () => {
    const org = await openOrg()
    const id = await org.add('Accounts', { Account_Name: 'Back' })
    await org.call('DELETE', `/Accounts/${id}`)
    const restored = await org.call('POST', '/settings/recycle_bin/actions/restore', { body: { ids: [id] } })
    expect(restored.status).toBe(200)
    expect((await org.call('GET', `/Accounts/${id}`)).status).toBe(200)
    expect((await org.call('GET', '/Accounts/deleted')).status).toBe(204)
  })
})

describe('search', () => {
  it('finds nothing before the index has caught up, then more than asked (equals is contains)', async () => {
    const org = await openOrg()
    await org.add('Accounts', { Account_Name: 'ABC' })
    await org.add('Accounts', { Account_Name: 'ABC Inc' })
    const search = () => org.call('GET', '/Accounts/search?criteria=(Account_Name:equals:abc)&fields=Account_Name')
    expect((await search()).status).toBe(204)
    await org.clock.advance(30_000)
    expect((await search()).json.list('data')).toHaveLength(2)
  })

  it('reads escaped parentheses and joins conditions', async () => {
    const org = await openOrg()
    await org.add('Accounts', { Account_Name: 'Acme (NSW), Pty', Rating: 'Active' })
    await org.clock.advance(30_000)
    const criteria = encodeURIComponent('((Account_Name:starts_with:Acme \\(NSW\\)\\,)and(Rating:in:Active,Acquired))')
    expect((await org.call('GET', `/Accounts/search?criteria=${criteria}`)).json.list('data')).toHaveLength(1)
    expect(await codeOf(org, '/Accounts/search?criteria=(Account_Name')).toEqual([400, 'INVALID_QUERY'])
  })
})
