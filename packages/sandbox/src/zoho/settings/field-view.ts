import { dataTypeOf, type Field, jsonTypeOf } from '../model/field.ts'
import { renderInstant } from '../model/instants.ts'
import type { Module } from '../model/modules.ts'
import type { Viewer } from '../read/render.ts'

/** Field metadata as `GET /settings/fields` shows it; `{}` means "not set" (zoho-crm.md 5). */
export function fieldView(viewer: Viewer, module: Module, field: Field): Record<string, unknown> {
  const isWritable = !field.readOnly
  return {
    ...FIXED,
    id: field.id,
    api_name: field.apiName,
    field_label: field.label,
    display_label: field.label,
    column_name: `COLUMN_${field.id.slice(-6)}`,
    data_type: dataTypeOf(field),
    json_type: jsonTypeOf(field),
    length: field.length,
    decimal_place: ['double', 'currency', 'percent', 'discount'].includes(field.kind) ? field.decimals : null,
    system_mandatory: field.mandatory,
    custom_field: field.custom,
    created_source: 'default',
    read_only: field.readOnly,
    field_read_only: field.readOnly,
    operation_type: { web_update: isWritable, api_create: isWritable, web_create: isWritable, api_update: isWritable },
    mass_update: isWritable && field.kind !== 'subform',
    display_field: field.apiName === module.displayField,
    unique: field.unique === 'no' ? {} : { casesensitive: String(field.unique === 'caseSensitive') },
    external: field.external === undefined ? null : { ...field.external, allow_multiple_config: false },
    pick_list_values: pickListView(viewer, field),
    lookup: lookupView(viewer, field),
    subform: field.subform === undefined ? null : subformView(viewer, field.subform),
    associated_module: field.subform === undefined ? null : subformView(viewer, field.subform),
    currency: field.kind === 'currency' || field.kind === 'discount' ? currencyView(field) : {},
    formula: field.kind === 'formula' ? { return_type: 'currency', expression: '' } : {},
    auto_number: field.kind === 'autonumber' ? { prefix: null, suffix: null, start_number: 1 } : {},
    tooltip: field.tooltip ?? null,
    textarea: field.textarea === undefined ? null : { type: field.textarea },
    created_time: field.createdMs === undefined ? null : renderInstant(field.createdMs, viewer.user.timeZone),
    modified_time: field.createdMs === undefined ? null : renderInstant(field.createdMs, viewer.user.timeZone),
    searchable: field.kind !== 'subform',
    layout_associations: [{ id: module.layoutId, name: 'Standard', api_name: 'Standard' }],
  }
}

function pickListView(viewer: Viewer, field: Field): readonly unknown[] {
  if (field.kind === 'currencycode') {
    const codes = viewer.world.org().currencies
    return codes.map((one, index) => pick({ id: one.id, display: one.code, actual: one.code }, index))
  }
  return field.pickList.map(pick)
}

function pick(value: { readonly id: string; readonly display: string; readonly actual: string }, index: number) {
  return {
    id: value.id,
    display_value: value.display,
    actual_value: value.actual,
    reference_value: value.actual,
    sequence_number: index + 1,
    type: 'used',
    colour_code: null,
  }
}

function lookupView(viewer: Viewer, field: Field): unknown {
  if (field.lookup === undefined) return {}
  return {
    id: field.id,
    display_label: field.label,
    api_name: null,
    module: { id: viewer.world.module(field.lookup)?.id ?? null, api_name: field.lookup },
    query_details: {},
    revalidate_filter_during_edit: false,
    show_fields: [],
  }
}

function subformView(viewer: Viewer, name: string): unknown {
  return { module: name, id: viewer.world.module(name)?.id ?? null }
}

function currencyView(field: Field): unknown {
  return { rounding_option: 'normal', precision: field.decimals }
}

const FIXED = {
  webhook: true,
  blueprint_supported: true,
  virtual_field: false,
  customizable_properties: [],
  businesscard_supported: true,
  filterable: true,
  visible: true,
  available_in_user_layout: true,
  pick_list_values_sorted_lexically: false,
  sortable: true,
  separator: false,
  enable_colour_code: false,
  type: 'used',
  display_type: -1,
  ui_type: 1,
  colour_code_enabled_by_system: false,
  quick_sequence_number: null,
  email_parser: { fields_update_supported: true, record_operations_supported: true },
  rollup_summary: {},
  refer_from_field: null,
  show_type: 7,
  category: 0,
  multi_module_lookup: {},
  sharing_properties: null,
  file_upolad_optionlist: [],
  profiles: [],
  view_type: { view: true, edit: true, quick_create: false, create: true },
  sub_module: null,
  convert_mapping: null,
  multiselectlookup: {},
  multiuserlookup: {},
  autonumber: {},
  crypt: null,
  history_tracking: null,
  association_details: null,
  allowed_modules: [],
  additional_column: null,
  hipaa_compliance_enabled: false,
  hipaa_compliance: null,
  number_separator: false,
  static_field: false,
} as const
