import type { ZohoCollection } from '../../model/kind.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { ZohoRemote } from '../contract.ts'
import { CUSTOM_MODULES } from './field-plan.ts'

/**
 * Is this module there, made now if it is one of ours? `false`: this edition has no custom modules, which is no fault.
 * A create without an answer is settled by looking again, never by repeating it: modules count towards a limit.
 */
export async function ensureModule(remote: ZohoRemote, module: ZohoCollection): Promise<RemoteOutcome<boolean>> {
  const wanted = CUSTOM_MODULES[module]
  if (wanted === undefined) return ok(true)
  const before = await isThere(remote, module)
  if (before.type !== 'ok' || before.value) return before
  const created = await remote.createModule(wanted)
  if (created.type !== 'ok' && created.type !== 'unknown') return isNotOffered(created) ? ok(false) : created
  if (created.type === 'ok' && created.value.type === 'refused') return ok(false)
  return isThere(remote, module)
}

async function isThere(remote: ZohoRemote, module: ZohoCollection): Promise<RemoteOutcome<boolean>> {
  const fields = await remote.fetchFields(module)
  if (fields.type === 'ok') return ok(true)
  return fields.type === 'refused' && fields.code === 'moduleMissing' ? ok(false) : fields
}

function isNotOffered(outcome: { readonly type: string; readonly code?: string }): boolean {
  return outcome.type === 'refused' && (outcome.code === 'moduleMissing' || outcome.code === 'permissionMissing')
}
