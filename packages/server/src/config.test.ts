import { expect, test } from 'vitest'
import { isLoopback, readConfig } from './config.ts'

function read(environment: Record<string, string>) {
  const config = readConfig(environment)
  if (config.type === 'problem') throw new Error(config.problem.title)
  return config.value
}

function mistakeOf(environment: Record<string, string>): string {
  const config = readConfig(environment)
  return config.type === 'problem' ? config.problem.title : 'no mistake'
}

test('an empty environment means the real services and the embedded database', () => {
  const config = read({})
  expect(config).toMatchObject({ port: 4000, publicUrl: 'http://localhost:4000', databaseUrl: null, secretKey: null })
  expect(config.xero.apiUrl).toBe('https://api.xero.com')
  expect(config.zoho.accountsUrl).toBe('https://accounts.zoho.com')
})

test('every mistake names its variable and what to write; one run shows them all', () => {
  const said = mistakeOf({ PORT: 'four thousand', PUBLIC_URL: 'app.example.com', DATABASE_URL: 'mysql://x' })
  expect(said).toContain('PORT: write a whole number from 0 to 65535')
  expect(said).toContain('PUBLIC_URL: write a whole address')
  expect(said).toContain('DATABASE_URL: write postgres://')
})

test('a language without texts is refused by name: nobody wonders why it stays English', () => {
  expect(read({ TANDEM_LANG: 'fr' }).language).toBe('fr')
  expect(mistakeOf({ TANDEM_LANG: 'fr_CH' })).toContain('TANDEM_LANG: write one of en, fr, de')
})

test('a secret that is too short is refused without being repeated', () => {
  const said = mistakeOf({ TANDEM_SECRET_KEY: 'hunter2' })
  expect(said).toContain('TANDEM_SECRET_KEY: too short')
  expect(said).not.toContain('hunter2')
})

test('a variable set to nothing counts as not set, as in the lines of .env.example', () => {
  expect(read({ PORT: '', ZOHO_ACCOUNTS_URL: '' }).port).toBe(4000)
})

test('a trailing slash does not double in redirect URIs, which must match exactly', () => {
  expect(read({ PUBLIC_URL: 'https://app.example.com/' }).publicUrl).toBe('https://app.example.com')
})

test('only this machine is loopback: a host that merely begins with its name is not', () => {
  expect(isLoopback('http://localhost:4010')).toBe(true)
  expect(isLoopback('https://localhost.evil.example')).toBe(false)
})

// Catches: a misspelt point that is taken for "never", so that a crash test passes without a crash.
test('a crash point is named exactly, or refused with what to write; without the switch there is none', () => {
  expect(read({}).crashAt).toBeNull()
  expect(read({ TANDEM_CRASH_AT: 'C7' }).crashAt).toEqual({ point: 'C7', hit: 1 })
  expect(read({ TANDEM_CRASH_AT: 'C18:30' }).crashAt).toEqual({ point: 'C18', hit: 30 })
  for (const wrong of ['C0', 'C19', 'c7', 'C7:0', 'C7:', 'C7:x', '7', 'toString']) {
    expect(mistakeOf({ TANDEM_CRASH_AT: wrong })).toContain('TANDEM_CRASH_AT: write C1 to C18')
  }
})
