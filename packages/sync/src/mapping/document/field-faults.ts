import { KIND_TRAITS, type Kind } from '../../model/kind.ts'
import type { FieldMapping } from '../../model/mapping-document.ts'
import type { ReferenceData, ZohoField } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { zohoField } from '../limits.ts'
import { expressionFaults } from './expression-faults.ts'
import { flowsTo } from './flow.ts'
import { isReserved } from './owners.ts'
import { trackingFaults, trackingPaths } from './tracking.ts'
import { valueFaults } from './value-faults.ts'
import { FORM_WORDS, isUnderstood, type ValueForm } from './value-form.ts'
import { type XeroField, xeroField, xeroFieldsOf } from './xero-fields.ts'
import { formOfType, isZohoName, type ZohoPath, zohoPath } from './zoho-fields.ts'

export interface FieldPlace {
  readonly kind: Kind
  readonly settings: ConnectionSettings
  readonly reference: ReferenceData
}

/** A Xero id must fit where a look-up is kept. */
const ID_LENGTH = 36

/** What is wrong with one mapping in itself, against the organisations as they are now. */
export function fieldFaults(mapping: FieldMapping, place: FieldPlace): readonly string[] {
  const { kind, settings, reference } = place
  if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(mapping.field) || isReserved(mapping.field))
    return ['a field is named by letters and digits, e.g. region; lines, total and persons are taken']
  const xero = xeroField(kind, mapping.xero)
  if (xero === undefined) return [`Xero ${mapping.xero} cannot be mapped. Known: ${knownPaths(kind, reference)}`]
  if (!isZohoName(kind, mapping.zoho)) return [`"${mapping.zoho}" is no API name of a Zoho field`]
  const path = zohoPath(kind, mapping.zoho, settings)
  const zoho = zohoField(reference, path.module, path.key)
  // A module that was never read (its kind is off) is looked at when it is.
  const isRead = reference.zoho.fields[path.module] !== undefined
  if (isRead && zoho === undefined) return [`Zoho ${path.module} has no field ${path.key}`]
  const form = zoho === undefined ? 'text' : formOfType(zoho.dataType)
  if (form === null) return [`Zoho fields of the type ${zoho?.dataType} cannot be mapped`]
  const isKnown = (name: string) => isSourceField(name, mapping, { ...place, path })
  return [
    ...accessFaults(mapping, { zoho, form, xero }),
    ...(mapping.lookup === undefined
      ? formFaults(mapping, form, xero.form)
      : lookupFaults(mapping.lookup, { kind, form, xero })),
    ...expressionFaults(mapping, isKnown),
    ...valueFaults(mapping, { zoho, xero, reference }),
    ...trackingFaults(mapping, { kind, mappings: settings.mapping.kinds[kind] ?? [], xero: reference.xero }),
    ...(kindOfStatus(mapping, xero) ? [] : [`${mapping.field} must stay on Xero's Status`]),
  ]
}

function knownPaths(kind: Kind, reference: ReferenceData): string {
  const paths = [...xeroFieldsOf(kind).map(({ path }) => path), ...trackingPaths(kind, reference)]
  return paths.join(', ') || 'nothing yet'
}

function accessFaults(
  mapping: FieldMapping,
  { zoho, form, xero }: { readonly zoho: ZohoField | undefined; readonly form: ValueForm; readonly xero: XeroField },
): readonly string[] {
  const isShown = zoho?.isReadOnly === true || form === 'owner'
  return [
    ...(isShown && flowsTo('zoho', mapping)
      ? [`Zoho ${mapping.zoho} cannot be written: give it the direction zohoToXero`]
      : []),
    ...(xero.access === 'readOnly' && flowsTo('xero', mapping)
      ? [`Xero ${xero.path} cannot be written: give it the direction xeroToZoho`]
      : []),
  ]
}

/** Types that mean nothing to each other need a transform or a value table in that direction (R20a). */
function formFaults(mapping: FieldMapping, zoho: ValueForm, xero: ValueForm): readonly string[] {
  if (zoho === 'record') return ['a look-up needs the kind that it links to: lookup']
  const isSaid = (transform: string | undefined) => transform !== undefined || mapping.values !== undefined
  const apart = (from: string, to: string) => `${from} does not fit ${to}: a transform or a value table must say it`
  const { toXero, toZoho } = mapping.transform ?? {}
  return [
    ...(flowsTo('xero', mapping) && !isSaid(toXero) && !isUnderstood(zoho, xero)
      ? [apart(`${FORM_WORDS[zoho]} of Zoho`, `${FORM_WORDS[xero]} of Xero`)]
      : []),
    ...(flowsTo('zoho', mapping) && !isSaid(toZoho) && !isUnderstood(xero, zoho)
      ? [apart(`${FORM_WORDS[xero]} of Xero`, `${FORM_WORDS[zoho]} of Zoho`)]
      : []),
  ]
}

function lookupFaults(
  lookup: Kind,
  { kind, form, xero }: { readonly kind: Kind; readonly form: ValueForm; readonly xero: XeroField },
): readonly string[] {
  if (form !== 'record') return ['lookup is for look-up fields of Zoho']
  if (xero.form !== 'text' || xero.length < ID_LENGTH) return [`Xero ${xero.path} has no room for the id of a record`]
  const isLater = KIND_TRAITS[lookup].rank > KIND_TRAITS[kind].rank
  return isLater ? [`a ${kind} comes before the ${lookup} that it would link to`] : []
}

/** In the place of the status rule there is a status, or locks and notices would speak of something else. */
function kindOfStatus({ field }: FieldMapping, { path }: XeroField): boolean {
  return field !== 'status' || path === 'Status'
}

/** Does the source record have this field, in a form that is a text? */
function isSourceField(
  name: string,
  mapping: FieldMapping,
  { kind, reference, path }: FieldPlace & { readonly path: ZohoPath },
): boolean {
  if (mapping.direction === 'xeroToZoho') return xeroField(kind, name) !== undefined
  const fields = reference.zoho.fields[path.module]
  const found = zohoField(reference, path.module, name)
  return fields === undefined || (found !== undefined && formOfType(found.dataType) !== null)
}
