import { documentFaults } from '@tandem/sync/mapping/document/faults.ts'
import { type MappingPreset, mappingPresets } from '@tandem/sync/mapping/document/presets.ts'
import { trySample } from '@tandem/sync/mapping/document/sample.ts'
import type { MappingDocument } from '@tandem/sync/model/mapping-document.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import {
  type MappingCatalogueView,
  type MappingCheckView,
  type MappingTestRequest,
  type MappingTestView,
  parseMapping,
  type SavedMappingView,
} from '../views/mapping.ts'
import { mappingCatalogue } from '../views/mapping-catalogue.ts'
import { sampleFields } from '../views/sample-fields.ts'
import { storeSettings } from './connections.ts'
import { findConnection } from './find.ts'
import { mappingChange, referenceOf, refusedMapping } from './mapping-change.ts'

export async function readMapping(tandem: Tandem, id: string): Promise<Answer<MappingDocument>> {
  const found = await findConnection(tandem, id)
  return found.type === 'ok' ? answer(found.value.settings.mapping) : found
}

/** What is wrong with a document, against both organisations as they are; nothing is stored. */
export async function checkMapping(tandem: Tandem, id: string, input: unknown): Promise<Answer<MappingCheckView>> {
  const found = await findConnection(tandem, id)
  if (found.type === 'problem') return found
  const document = parseMapping(input)
  if (document.type === 'problem') return document
  const reference = referenceOf(found.value)
  if (reference.type === 'problem') return reference
  return answer({ faults: [...documentFaults(withMapping(found.value, document.value), reference.value)] })
}

/** Changes nothing where anything is wrong. A changed meaning waits for a person's approval of its preview. */
export async function saveMapping(tandem: Tandem, id: string, input: unknown): Promise<Answer<SavedMappingView>> {
  const found = await findConnection(tandem, id)
  if (found.type === 'problem') return found
  const document = parseMapping(input)
  if (document.type === 'problem') return document
  const settings = withMapping(found.value, document.value)
  const saved = await storeSettings(tandem, found.value, settings)
  if (saved.type === 'problem') return saved
  const change = mappingChange(found.value.settings, settings) === 'keep' ? 'none' : 'preview'
  return answer({ document: saved.value.mapping, change })
}

/** What the mapped fields of a record would be on the other side. */
export async function testMapping(
  tandem: Tandem,
  id: string,
  { kind, side, record, document }: MappingTestRequest,
): Promise<Answer<MappingTestView>> {
  const found = await findConnection(tandem, id)
  if (found.type === 'problem') return found
  const reference = referenceOf(found.value)
  if (reference.type === 'problem') return reference
  const settings = document === undefined ? found.value.settings : withMapping(found.value, document)
  const refused = document === undefined ? null : refusedMapping(found.value, settings)
  if (refused !== null) return refused
  const results = trySample({ kind, side, record: sampleFields(record) }, settings, reference.value)
  return answer({ fields: results.map((result) => ({ ...result, outcome: { ...result.outcome } })) })
}

export async function listPresets(tandem: Tandem, id: string): Promise<Answer<readonly MappingPreset[]>> {
  const found = await findConnection(tandem, id)
  return found.type === 'ok' ? answer(mappingPresets(found.value.settings)) : found
}

export async function readCatalogue(tandem: Tandem, id: string): Promise<Answer<MappingCatalogueView>> {
  const found = await findConnection(tandem, id)
  if (found.type === 'problem') return found
  const reference = referenceOf(found.value)
  return reference.type === 'ok' ? answer(mappingCatalogue(found.value.settings, reference.value)) : reference
}

function withMapping({ settings }: Connection, mapping: MappingDocument): ConnectionSettings {
  return { ...settings, mapping }
}
