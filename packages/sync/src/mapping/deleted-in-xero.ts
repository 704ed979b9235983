import { type Collection, collectionsOf, type Kind } from '../model/kind.ts'
import type { ConnectionSettings } from '../model/settings.ts'
import type { Value } from '../model/value.ts'
import type { KindMapping } from './contract.ts'
import { mapped } from './contract.ts'
import { isTicked } from './record-fields.ts'
import { fieldRule, readOnlySide } from './rule.ts'

/** The field rule of the flag (R12c). */
export const DELETED_IN_XERO = 'deletedInXero'

/** Modules whose records are flagged when Xero puts their partner away: those of the kinds whose CRM delete switch is on. */
export function flaggedModules(
  settings: Pick<ConnectionSettings, 'kinds' | 'deletedInXero' | 'customerModel'>,
): readonly Collection[] {
  if (settings.deletedInXero !== 'flag') return []
  return FLAGGED.filter((kind) => settings.kinds[kind].isOn && settings.kinds[kind].zoho.delete).map(
    (kind) => collectionsOf(kind, 'zoho', settings.customerModel)[0],
  )
}

/** A deleted payment says so in its own status. */
const FLAGGED: readonly Kind[] = ['contact', 'item', 'quote', 'invoice']

/** A checkbox of the CRM that follows whether Xero still has the record in use. */
export function withDeletionFlag(mapping: KindMapping, settings: ConnectionSettings): KindMapping {
  const [module] = collectionsOf(mapping.kind, 'zoho', settings.customerModel)
  const key = settings.provisioned.deletedInXero[module] ?? ''
  if (key === '' || !flaggedModules(settings).includes(module)) return mapping
  const rule = fieldRule({
    field: DELETED_IN_XERO,
    label: { zoho: 'Deleted in Xero', xero: 'Deleted, voided or archived' },
    direction: 'xeroToZoho',
    policy: 'xero',
    blankErases: true,
    zoho: {
      role: 'main',
      read: (view) => (view.main === null ? null : isTicked(view.main.fields, key)),
      accept: (other) => mapped(other === true),
      write: (value) => ({ [key]: value === true }),
    },
    xero: readOnlySide((view) => view.main !== null && (mapping.ended?.(view.main) ?? null) !== null),
  })
  // Said, so that a record with a new partner is cleared of what its former one was (`write-back.ts`).
  const flag = { ...rule, corresponds: (zoho: Value, xero: Value) => (zoho === true) === (xero === true) }
  return { ...mapping, fields: [...mapping.fields, flag] }
}
