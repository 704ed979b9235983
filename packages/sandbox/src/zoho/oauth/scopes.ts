/** One right that a route needs (zoho-crm.md 1.7). */
export interface ScopeNeed {
  readonly service?: string
  readonly group: string
  readonly sub?: string
  /** Another name under which `sub` may be granted. */
  readonly alias?: string
  readonly op: string
}

export const moduleNeed = (module: string, op: string): ScopeNeed => ({
  group: 'modules',
  sub: module.toLowerCase().replaceAll('_', ''),
  op,
})

/** `ZohoCRM.modules.ALL`, `ZohoCRM.modules.accounts.READ`, `ZohoCRM.settings.ALL`, ...; letter case does not matter. */
export function isGranted(scopes: readonly string[], need: ScopeNeed): boolean {
  const service = (need.service ?? 'ZohoCRM').toLowerCase()
  return scopes.some((scope) => {
    const [scopeService, group, ...rest] = scope.toLowerCase().replaceAll('_', '').split('.')
    if (scopeService !== service || group !== need.group.toLowerCase().replaceAll('_', '')) return false
    const op = rest.at(-1) ?? 'all'
    const sub = rest.length > 1 ? rest[0] : undefined
    if (sub !== undefined && ![need.sub, need.alias].some((name) => folded(name) === sub)) return false
    return covers(op, need.op.toLowerCase())
  })
}

const folded = (name: string | undefined) => name?.toLowerCase().replaceAll('_', '')

function covers(granted: string, needed: string): boolean {
  if (granted === 'all' || granted === needed) return true
  return granted === 'write' && (needed === 'create' || needed === 'update')
}

const SCOPE_FORM = /^(aaaserver\.profile\.read|zoho(crm|search|files)(\.\w+){1,4})$/i

export function isScopeText(scope: string): boolean {
  return SCOPE_FORM.test(scope)
}
