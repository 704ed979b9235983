import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XERO_SCOPES } from '@tandem/sync/remotes/xero/scopes.ts'
import { scopesFor } from '@tandem/sync/remotes/zoho/scopes.ts'
import { expect, test } from 'vitest'
import { consentWish } from './consent-wish.ts'

const text = readFileSync(join(import.meta.dirname, '../../../../.env.example'), 'utf8')

/** `a.{b,c}.{d,e}` as `a.b.d`, `a.b.e`, and so on. */
function spelledOut(pattern: string): readonly string[] {
  const found = /\{([^}]*)\}/.exec(pattern)
  if (found === null) return [pattern]
  const [braces, inner = ''] = found
  return inner.split(',').flatMap((word) => spelledOut(pattern.replace(braces, word)))
}

const listed = [...text.matchAll(/^#\s+((?:ZohoCRM\.|accounting\.|openid|offline)[^\n]*?)(?:\s{2,}.*)?$/gm)].flatMap(
  ([, names = '']) => names.split(/\s+/).flatMap(spelledOut),
)
const ofZoho = (names: readonly string[]) => names.filter((name) => name.startsWith('ZohoCRM.')).toSorted()

// Catches: a right that the sign-in asks for and that nobody was told of, or one that is named and asked for no more.
test('the scopes that .env.example lists are those that a sign-in asks for', () => {
  const asked = scopesFor(consentWish({ tasks: true }, [])).map(({ scope }) => scope)
  expect(ofZoho(listed)).toEqual(ofZoho(asked))
  const xero = listed.filter((name) => !name.startsWith('ZohoCRM.'))
  expect(xero.toSorted()).toEqual(Object.keys(XERO_SCOPES).toSorted())
})
