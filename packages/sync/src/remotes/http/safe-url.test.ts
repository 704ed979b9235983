import { expect, it } from 'vitest'
import { requireSafeUrl } from './safe-url.ts'

it('accepts https anywhere and http on this machine, without the trailing slash that would double one in paths', () => {
  expect(requireSafeUrl('https://api.xero.com/', 'XERO_API_URL')).toBe('https://api.xero.com')
  expect(requireSafeUrl('http://localhost:4020', 'XERO_API_URL')).toBe('http://localhost:4020')
  expect(requireSafeUrl('http://[::1]:4020', 'XERO_API_URL')).toBe('http://[::1]:4020')
})

it('refuses whatever would send tokens in clear or elsewhere', () => {
  for (const bad of [
    'http://api.xero.com',
    'http://localhost.evil.example',
    'ftp://localhost',
    'nonsense',
    'https://a@b.example',
    'https://a.example/?x=1',
  ]) {
    expect(() => requireSafeUrl(bad, 'XERO_API_URL')).toThrow('XERO_API_URL')
  }
})
