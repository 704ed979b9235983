import type { Field, ForecastType, PickListValue } from '../model/field.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import type { World } from '../world.ts'

/**
 * Pick lists of a deal's stage and pipeline as layouts show them: what each stage means, and which stages a pipeline
 * maps to (zoho-crm.md 4 Deals). Nothing for other fields.
 */
export function stageView(world: World, module: Module, field: Field): Record<string, unknown> {
  if (module.apiName !== 'Deals') return {}
  const stages = fieldOf(module, 'Stage')?.pickList ?? []
  const isTold = world.switches.is('stageForecastType', 'everywhere')
  const told = (stage: PickListValue) => ({
    ...pickView(stage, stages.indexOf(stage)),
    type: 'used',
    ...(isTold ? forecastOf(module, stage) : {}),
  })
  if (field.apiName === 'Stage') return { pick_list_values: stages.map(told) }
  if (field.apiName !== 'Pipeline') return {}
  return {
    pick_list_values: field.pickList.map((pipeline, index) => ({
      ...pickView(pipeline, index),
      type: 'used',
      maps: [{ api_name: 'Stage', pick_list_values: stagesOf(pipeline, stages).map(told) }],
    })),
  }
}

/** Pipelines as `GET /settings/pipeline` shows them, each with its stages in `maps`. */
export function pipelineViews(world: World, module: Module): readonly Record<string, unknown>[] {
  const stages = fieldOf(module, 'Stage')?.pickList ?? []
  const isTold = !world.switches.is('stageForecastType', 'absent')
  const pipelines = fieldOf(module, 'Pipeline')?.pickList ?? []
  return pipelines.map((pipeline, index) => ({
    id: pipeline.id,
    display_value: pipeline.display,
    actual_value: pipeline.actual,
    default: index === 0,
    maps: stagesOf(pipeline, stages).map((stage, place) => ({
      id: stage.id,
      display_value: stage.display,
      actual_value: stage.actual,
      sequence_number: place + 1,
      colour_code: null,
      ...(isTold ? forecastOf(module, stage) : {}),
    })),
  }))
}

function stagesOf(pipeline: PickListValue, stages: readonly PickListValue[]): readonly PickListValue[] {
  return stages.filter((stage) => pipeline.stages?.includes(stage.id))
}

function pickView(value: PickListValue, index: number) {
  return {
    id: value.id,
    display_value: value.display,
    actual_value: value.actual,
    reference_value: value.actual,
    sequence_number: index + 1,
    colour_code: null,
  }
}

const CATEGORIES: Record<ForecastType, { readonly name: string; readonly digit: number }> = {
  Open: { name: 'Pipeline', digit: 1 },
  'Closed Won': { name: 'Closed', digit: 2 },
  'Closed Lost': { name: 'Omitted', digit: 3 },
}

function forecastOf(module: Module, stage: PickListValue): Record<string, unknown> {
  if (stage.forecastType === undefined) return {}
  const { name, digit } = CATEGORIES[stage.forecastType]
  return {
    forecast_type: stage.forecastType,
    forecast_category: { name, id: `${module.layoutId.slice(0, -1)}${digit}` },
  }
}
