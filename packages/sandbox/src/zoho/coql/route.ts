import { type ApiCall, type Route, recordNeed } from '../api/route.ts'
import type { ScopeNeed } from '../oauth/scopes.ts'
import { coqlCost, coqlQuery, runCoql } from './run.ts'

/** Needs the right to query and the right to read the module it reads (zoho-crm.md 1.7). */
export function coqlRoute(): Route {
  return {
    method: 'POST',
    path: '/coql',
    needs: coqlNeeds,
    cost: coqlCost,
    isHeavy: () => true,
    handle: runCoql,
  }
}

function coqlNeeds(call: ApiCall): readonly ScopeNeed[] {
  const need: ScopeNeed = { group: 'coql', op: 'READ' }
  const from = coqlQuery(call)?.from
  const module = from === undefined ? undefined : call.world.module(from)
  if (module === undefined) return [need]
  return [need, recordNeed(call, module.parent ?? module.apiName, 'READ')]
}
