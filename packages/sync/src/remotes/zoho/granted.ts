import type { ScopeRequest } from './scopes.ts'

/**
 * What a sign-in was asked for, or would be now, and was not given. Empty where Zoho did not say what it gave. Scopes
 * compare without letter case, and `ALL` of a group gives what stands below it (zoho-crm.md 1.7).
 */
export function missingScopes(asked: readonly ScopeRequest[], granted: readonly string[]): readonly ScopeRequest[] {
  if (granted.length === 0) return []
  const rights = granted.map(rightOf)
  return asked.filter(({ scope }) => !rights.some((right) => covers(right, rightOf(scope))))
}

interface Right {
  /** `zohocrm.modules.tasks`. */
  readonly place: string
  readonly verb: string
}

function rightOf(scope: string): Right {
  const parts = scope.trim().toLowerCase().split('.')
  return { place: parts.slice(0, -1).join('.'), verb: parts.at(-1) ?? '' }
}

function covers(given: Right, needed: Right): boolean {
  const isThere = needed.place === given.place || needed.place.startsWith(`${given.place}.`)
  const isWrite = given.verb === 'write' && ['create', 'update'].includes(needed.verb)
  return isThere && (given.verb === 'all' || given.verb === needed.verb || isWrite)
}
