import type { Kind } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Scenario } from './scenario.ts'

const DELETED: readonly Kind[] = ['contact', 'item', 'quote', 'invoice']

/** What a person has chosen who wants deletes to cross (R12c), and payments of the CRM in the books (R38a). */
export function withOptions(
  settings: ConnectionSettings,
  { isDeleting, isRecording }: Scenario,
  seed: number,
): ConnectionSettings {
  const deleting = isDeleting === true ? crossing(settings, seed) : settings
  return isRecording === true ? recording(deleting) : deleting
}

function crossing(settings: ConnectionSettings, seed: number): ConnectionSettings {
  const on = (kind: Kind) => {
    const { zoho, xero, ...rest } = settings.kinds[kind]
    return [kind, { ...rest, zoho: { ...zoho, delete: true }, xero: { ...xero, delete: true } }] as const
  }
  const kinds = { ...settings.kinds, ...Object.fromEntries(DELETED.map(on)) }
  return { ...settings, kinds, deletedInXero: seed % 2 === 0 ? 'flag' : 'recycle' }
}

function recording(settings: ConnectionSettings): ConnectionSettings {
  const { payment } = settings.kinds
  const xero = { create: true, update: false, delete: true }
  const kinds = { ...settings.kinds, payment: { ...payment, direction: 'both' as const, xero } }
  return { ...settings, kinds, paymentAccountCode: '090' }
}
