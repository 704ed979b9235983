import type { ApiCall, Route } from '../api/route.ts'
import type { Module } from '../model/modules.ts'
import { type ApiAnswer, invalidModule } from '../problem.ts'
import { createModule } from './module-create.ts'

const need = (op: string) => () => [{ group: 'settings', sub: 'modules', op }]
/** Credits of a created module (zoho-crm.md 2.1). */
const CREATE_COST = 500

/** Modules, and making one (zoho-crm.md 5). */
export const MODULE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/settings/modules', needs: need('READ'), handle: listModules },
  {
    method: 'POST',
    path: '/settings/modules',
    needs: need('CREATE'),
    cost: () => CREATE_COST,
    handle: createModule,
  },
  { method: 'GET', path: '/settings/modules/:name', needs: need('READ'), handle: oneModule },
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
    plural_label: module.plural,
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
