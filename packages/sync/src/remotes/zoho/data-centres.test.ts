import { describe, expect, test } from 'vitest'
import { DATA_CENTRES, locationOf, trustAccountsServer, trustApiDomain } from './data-centres.ts'

const CONFIGURED = 'https://accounts.zoho.com'

describe('the client secret goes to Zoho and nowhere else', () => {
  test.each(DATA_CENTRES)('$location is trusted with its own server', ({ location, accountsServer, apiDomains }) => {
    expect(trustAccountsServer({ location, accountsServer: `${accountsServer}/`, configured: CONFIGURED })).toEqual({
      type: 'ok',
      value: accountsServer,
    })
    for (const apiDomain of apiDomains) expect(trustApiDomain(apiDomain, accountsServer).type).toBe('ok')
    expect(locationOf(accountsServer)).toBe(location)
  })

  test.each([
    ['a stranger', 'eu', 'https://accounts.zoho.eu.evil.example'],
    ['a stranger as user name', 'eu', 'https://accounts.zoho.eu@evil.example'],
    ['plain http', 'eu', 'http://accounts.zoho.eu'],
    ['another data centre than it says', 'eu', 'https://accounts.zoho.in'],
    ['a path on the right host', 'eu', 'https://accounts.zoho.eu/redirect'],
    ['an unknown location', 'xx', 'https://accounts.zoho.xx'],
    ['a query', 'eu', 'https://accounts.zoho.eu?x=1'],
    ['loopback that nobody configured', 'us', 'http://localhost:4010'],
    ['no address', 'eu', 'accounts.zoho.eu'],
  ])('refuses %s', (_name, location, accountsServer) => {
    expect(trustAccountsServer({ location, accountsServer, configured: CONFIGURED })).toMatchObject({ type: 'refused' })
  })

  test('a configured sandbox is trusted with all its data centres, and no other port is', () => {
    const configured = 'http://localhost:4010'
    const trust = (accountsServer: string) => trustAccountsServer({ location: 'us', accountsServer, configured }).type
    expect(trust('http://localhost:4010/dc/us')).toBe('ok')
    expect(trust('http://localhost:4011')).toBe('refused')
    expect(trust('http://localhost.evil.example:4010')).toBe('refused')
  })

  test('without a server in the callback, its location decides, then the configuration', () => {
    const named = (location: string) => trustAccountsServer({ location, accountsServer: '', configured: CONFIGURED })
    expect(named('in')).toMatchObject({ value: 'https://accounts.zoho.in' })
    expect(named('')).toMatchObject({ value: CONFIGURED })
  })
})

test.each([
  ['another data centre', 'https://www.zohoapis.in', 'https://accounts.zoho.eu'],
  ['a stranger', 'https://www.zohoapis.eu.evil.example', 'https://accounts.zoho.eu'],
  ['this machine, named by Zoho', 'http://localhost:4010', 'https://accounts.zoho.eu'],
  ['Zoho, named by a sandbox', 'https://www.zohoapis.eu', 'http://localhost:4010'],
  ['nothing', '', 'https://accounts.zoho.eu'],
])('an API domain is refused: %s (tokens would go there)', (_name, apiDomain, accountsServer) => {
  expect(trustApiDomain(apiDomain, accountsServer)).toMatchObject({ type: 'refused', code: 'organisationUnreachable' })
})
