import type { ApiCall, Route } from '../api/route.ts'
import type { Module } from '../model/modules.ts'
import { type ApiAnswer, invalidModule, missingParam } from '../problem.ts'
import { fieldView } from './field-view.ts'

const need = (sub: string) => () => [{ group: 'settings', sub, op: 'READ' }]

/** Modules, layouts, related lists (zoho-crm.md 5). */
export const MODULE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/settings/modules', needs: need('modules'), handle: listModules },
  { method: 'GET', path: '/settings/modules/:name', needs: need('modules'), handle: oneModule },
  { method: 'GET', path: '/settings/layouts', needs: need('layouts'), handle: listLayouts },
  { method: 'GET', path: '/settings/layouts/:id', needs: need('layouts'), handle: listLayouts },
  { method: 'GET', path: '/settings/related_lists', needs: need('related_lists'), handle: listRelated },
]

function listModules(call: ApiCall): ApiAnswer {
  return { status: 200, body: { modules: call.world.modules().map((module, index) => moduleView(module, index)) } }
}

function oneModule(call: ApiCall): ApiAnswer {
  const modules = call.world.modules()
  const index = modules.findIndex((one) => one.apiName === call.params.name || one.id === call.params.name)
  const module = modules[index]
  return module === undefined ? invalidModule() : { status: 200, body: { modules: [moduleView(module, index)] } }
}

function moduleView(module: Module, index: number): Record<string, unknown> {
  const isSubform = module.generatedType === 'subform'
  const display = module.fields.find((field) => field.apiName === module.displayField)
  return {
    ...FIXED,
    id: module.id,
    api_name: module.apiName,
    module_name: module.apiName,
    singular_label: module.singular,
    plural_label: `${module.singular}s`,
    generated_type: module.generatedType,
    api_supported: true,
    creatable: !isSubform,
    editable: !isSubform,
    deletable: !isSubform,
    viewable: !isSubform,
    visible: !isSubform,
    visibility: isSubform ? 2 : 1,
    show_as_tab: !isSubform,
    status: isSubform ? 'system_hidden' : 'visible',
    sequence_number: index + 1,
    parent_module: module.parent === undefined ? {} : { api_name: module.parent },
    display_field: display === undefined ? null : { api_name: display.apiName, id: display.id },
    inventory_template_supported: module.lineField !== undefined,
  }
}

const FIXED = {
  'common.search_supported': true,
  description: null,
  recycle_bin_on_delete: true,
  modified_time: null,
  presence_sub_menu: false,
  triggers_supported: true,
  chart_view: false,
  isBlueprintSupported: true,
  convertable: false,
  emailTemplate_support: true,
  email_parser_supported: false,
  filter_supported: true,
  web_link: null,
  quick_create: true,
  feeds_required: false,
  scoring_supported: true,
  webform_supported: true,
  arguments: [],
  chart_view_supported: true,
  profile_count: 2,
  business_card_field_limit: 5,
  track_current_data: false,
  modified_by: null,
  profiles: [],
  activity_badge: 'Disabled',
  $field_states: [],
  business_card_fields: [],
  per_page: 100,
  $properties: [],
  $on_demand_properties: [],
  search_layout_fields: [],
  kanban_view_supported: true,
  lookup_field_properties: {},
  kanban_view: false,
  related_lists: [],
  filter_status: true,
  related_list_properties: {},
  layouts: [],
  fields: [],
  custom_view: null,
  zia_view: false,
  default_mapping_fields: [],
  layout_associations: [],
} as const

/** One "Standard" layout per module with one section that holds every field. */
function listLayouts(call: ApiCall): ApiAnswer {
  const name = call.query.get('module')
  if (name === null) return missingParam('module')
  const module = call.world.module(name)
  if (module === undefined) return invalidModule()
  if (call.params.id !== undefined && call.params.id !== module.layoutId) return { status: 204 }
  const fields = module.fields.map((field, index) => ({
    ...fieldView(call, module, field),
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

/** Related lists are the lookups that point here. */
function listRelated(call: ApiCall): ApiAnswer {
  const name = call.query.get('module')
  if (name === null) return missingParam('module')
  const module = call.world.module(name)
  if (module === undefined) return invalidModule()
  const lists = call.world
    .modules()
    .filter((other) => other.generatedType === 'default' && other.fields.some((field) => field.lookup === name))
    .map((other, index) => ({
      id: `${other.id.slice(0, -1)}8`,
      api_name: other.apiName,
      name: other.apiName,
      display_label: `${other.singular}s`,
      module: { api_name: other.apiName, id: other.id },
      sequence_number: String(index + 1),
      type: 'default',
      action: null,
      href: `${other.apiName}/{ENTITYID}`,
    }))
  return lists.length === 0 ? { status: 204 } : { status: 200, body: { related_lists: lists } }
}
