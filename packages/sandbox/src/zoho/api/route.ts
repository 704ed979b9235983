import { holdsRecords, type Module } from '../model/modules.ts'
import type { User } from '../model/org.ts'
import type { Access } from '../oauth/grants.ts'
import { moduleNeed, type ScopeNeed } from '../oauth/scopes.ts'
import type { ApiAnswer } from '../problem.ts'
import type { World } from '../world.ts'

/** One authenticated API call as the routes see it. */
export interface ApiCall {
  readonly world: World
  readonly user: User
  readonly access: Access
  readonly baseUrl: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Headers
  /** Parsed JSON; undefined when no body was sent. */
  readonly body: unknown
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/crm/v8`. */
  readonly path: string
  /** All of them are needed (zoho-crm.md 1.7). */
  needs(call: ApiCall): readonly ScopeNeed[]
  handle(call: ApiCall): ApiAnswer
  /** Credits (zoho-crm.md 2.1); 1 when absent. */
  cost?(call: ApiCall): number
  /** Counts against the sub-concurrency of 10. */
  isHeavy?(call: ApiCall): boolean
}

/** The right to a module's records: `modules.{module}`, where custom modules share one name (zoho-crm.md 1.7). */
export function recordNeed(call: ApiCall, module: string, op: string): ScopeNeed {
  const need = moduleNeed(module, op)
  if (call.world.module(module)?.generatedType !== 'custom') return need
  switch (call.world.switches.get('customModuleScope')) {
    case 'byName':
      return need
    case 'either':
      return { ...need, alias: 'custom' }
    default:
      return { ...need, sub: 'custom' }
  }
}

/** The record module of a path, if the org has it and it holds records of its own. */
export function recordModule(call: ApiCall): Module | undefined {
  const module = call.world.module(call.params.module ?? '')
  return module !== undefined && holdsRecords(module) ? module : undefined
}
