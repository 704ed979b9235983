import type { MappingPreset } from '@tandem/sync/mapping/document/presets.ts'
import type { MappingCatalogueView, MappingFaultView, MappingTestView } from '../../views/mapping.ts'
import { table } from './table.ts'
import { KIND_NAMES } from './words.ts'

const ARROWS = { both: '<->', zohoToXero: '->', xeroToZoho: '<-' } as const

/** Both systems' own words side by side (R22). Pure. */
export function mappedLines({ kinds }: MappingCatalogueView): readonly string[] {
  return kinds.flatMap(({ kind, fields }) => {
    const rows = fields.map(({ field, label, direction, origin }) => [
      ...[label.zoho, ARROWS[direction], label.xero],
      `${kind}.${field}${origin === 'document' ? ' (yours)' : ''}`,
    ])
    return ['', KIND_NAMES[kind], ...table([['Zoho CRM', '', 'Xero', ''], ...rows], '  ')]
  })
}

export function faultLines(faults: readonly MappingFaultView[]): readonly string[] {
  const title = faults.length === 1 ? 'This mapping has a fault:' : `This mapping has ${faults.length} faults:`
  return [title, ...faults.map(({ detail }) => `  ${detail}`), 'Nothing was changed.']
}

export function presetLines(presets: readonly MappingPreset[]): readonly string[] {
  return [...table(presets.map(({ id, title }) => [id, title])), 'To use one: tandem mapping import --preset ID']
}

export function testLines({ fields }: MappingTestView): readonly string[] {
  if (fields.length === 0) return ['No field of this kind is mapped by the document.']
  return fields.map(({ field, label, outcome }) => `${field}: ${label.zoho} | ${label.xero}: ${outcomeText(outcome)}`)
}

function outcomeText(outcome: MappingTestView['fields'][number]['outcome']): string {
  switch (outcome.type) {
    case 'written':
      return `sends ${JSON.stringify(outcome.payload)}`
    case 'notThisWay':
      return 'goes the other way only'
    case 'held':
      return `waits for a person (${outcome.code}). ${outcome.detail}`
  }
}
