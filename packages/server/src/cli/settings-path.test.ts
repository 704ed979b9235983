import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import { expect, test } from 'vitest'
import { parseSettings } from '../views/settings.ts'
import { assign, lookUp, parsePath } from './settings-path.ts'

function assigned(text: string): unknown {
  const outcome = assign(DEFAULT_SETTINGS, text)
  return outcome.type === 'ok' ? outcome.value : outcome.problem.code
}

test('an account code stays a text although it looks like a number', () => {
  expect(lookUp(assigned('salesAccountCode=200'), ['salesAccountCode'])).toBe('200')
})

test('+= adds to a list and keeps what was there', () => {
  const once = assigned('taxMap+={"zohoTaxIds":["1"],"xeroTaxType":"OUTPUT"}')
  const twice = assign(once, 'taxMap+={"zohoTaxIds":[],"xeroTaxType":"NONE"}')
  expect(twice.type === 'ok' && lookUp(twice.value, ['taxMap'])).toHaveLength(2)
})

test('a name with a point inside is written in brackets, and the rest of the tree is untouched', () => {
  expect(parsePath('fieldPolicies["contact.phone"].policy')).toEqual(['fieldPolicies', 'contact.phone', 'policy'])
  const changed = parseSettings(assigned('fieldPolicies["contact.phone"].policy=zoho'))
  expect(changed).toMatchObject({ type: 'ok', value: { fieldPolicies: { 'contact.phone': { policy: 'zoho' } } } })
})

test('broken JSON and things that are no assignment are refused before anything is stored', () => {
  expect(assigned('taxMap=[{')).toBe('badInput')
  expect(assigned('salesAccountCode')).toBe('badInput')
})

test('a misspelt setting is a mistake that names its place, never silently ignored', () => {
  const parsed = parseSettings(assigned('kinds.item.isOnn=false'))
  expect(parsed.type === 'problem' && parsed.problem.title).toContain('kinds.item')
})

test('a path through the prototype reaches nothing', () => {
  expect(lookUp(DEFAULT_SETTINGS, ['__proto__', 'toString'])).toBeUndefined()
  expect(parseSettings(assigned('__proto__.polluted=true')).type).toBe('problem')
  expect('polluted' in {}).toBe(false)
})
