import type { ApiCall, Route } from '../api/route.ts'
import { type ApiAnswer, invalidModule, missingParam } from '../problem.ts'
import { relatedLists } from '../read/related.ts'
import { fieldView } from './field-view.ts'
import { stageView } from './stage-view.ts'

const need = (sub: string) => () => [{ group: 'settings', sub, op: 'READ' }]

/** Layouts and related lists (zoho-crm.md 5). */
export const LAYOUT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/settings/layouts', needs: need('layouts'), handle: listLayouts },
  { method: 'GET', path: '/settings/layouts/:id', needs: need('layouts'), handle: listLayouts },
  { method: 'GET', path: '/settings/related_lists', needs: need('related_lists'), handle: listRelated },
]

/** One "Standard" layout per module with one section that holds every field. */
function listLayouts(call: ApiCall): ApiAnswer {
  const name = call.query.get('module')
  if (name === null) return missingParam('module')
  const module = call.world.module(name)
  if (module === undefined) return invalidModule()
  if (call.params.id !== undefined && call.params.id !== module.layoutId) return { status: 204 }
  const fields = module.fields.map((field, index) => ({
    ...fieldView(call, module, field),
    ...stageView(call.world, module, field),
    required: field.mandatory,
    sequence_number: index + 1,
  }))
  const section = {
    id: `${module.layoutId.slice(0, -1)}9`,
    name: `${module.singular} Information`,
    api_name: `${module.singular}_Information`.replaceAll(' ', '_'),
    display_label: `${module.singular} Information`,
    sequence_number: 1,
    column_count: 2,
    tab_traversal: null,
    isSubformSection: false,
    generated_type: 'default',
    type: 'used',
    properties: null,
    fields,
  }
  const layout = {
    id: module.layoutId,
    name: 'Standard',
    api_name: 'Standard',
    display_label: 'Standard',
    status: 'active',
    visible: true,
    source: 'Custom',
    mode: 'view',
    generated_type: 'default',
    has_more_profiles: false,
    show_business_card: true,
    created_time: null,
    modified_time: null,
    created_by: null,
    modified_by: null,
    created_for: null,
    convert_mapping: null,
    subform_properties: null,
    actions_allowed: { edit: true, rename: true, clone: true, downgrade: true, delete: false, deactivate: false },
    profiles: [],
    sections: [section],
  }
  return { status: 200, body: { layouts: [layout] } }
}

/** Lists of the lookups that point here, and of what is linked. */
function listRelated(call: ApiCall): ApiAnswer {
  const name = call.query.get('module')
  if (name === null) return missingParam('module')
  const module = call.world.module(name)
  if (module === undefined) return invalidModule()
  const lists = relatedLists(call.world, module).map(({ module: other }, index) => ({
    id: `${other.id.slice(0, -1)}8`,
    api_name: other.apiName,
    name: other.apiName,
    display_label: other.plural,
    module: { api_name: other.apiName, id: other.id },
    sequence_number: String(index + 1),
    type: 'default',
    action: null,
    href: `${other.apiName}/{ENTITYID}`,
  }))
  return lists.length === 0 ? { status: 204 } : { status: 200, body: { related_lists: lists } }
}
