import type { Provisioned } from '@tandem/sync/model/settings.ts'
import { canonicalText } from '@tandem/sync/model/value.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import type { Tandem } from '../tandem.ts'
import { groupsOf } from './provisioned-names.ts'

/**
 * A renewed sign-in adds the CRM fields that an update has brought, or that somebody has deleted (R05a). What could not
 * be done is told, and hinders no renewal.
 */
export async function renewFields(tandem: Tandem, connection: Connection): Promise<readonly string[]> {
  const prepared = await tandem.gateway.prepare(connection)
  if (prepared.type === 'problem') return [`The CRM fields could not be looked at: ${prepared.problem.title}`]
  const { settings, reference, notes } = prepared.value
  const { connections } = tandem.store
  await connections.saveReference(connection.id, reference, tandem.clock.now())
  const current = (await connections.get(connection.id))?.settings ?? connection.settings
  if (textOf(current.provisioned) === textOf(settings.provisioned)) return []
  const bump = hasReplaced(current.provisioned, settings.provisioned) ? 'bump' : 'keep'
  await connections.saveSettings(connection.id, { ...current, provisioned: settings.provisioned }, bump)
  return notes
}

function textOf(provisioned: Provisioned): string {
  return canonicalText(groupsOf(provisioned).map((group) => ({ ...group })))
}

/** A field in the place of another is empty: what the other one is remembered to have said is no base for it. */
function hasReplaced(before: Provisioned, after: Provisioned): boolean {
  const next = groupsOf(after)
  return groupsOf(before).some((group, index) =>
    Object.entries(group).some(([key, name]) => name !== '' && name !== next[index]?.[key]),
  )
}
