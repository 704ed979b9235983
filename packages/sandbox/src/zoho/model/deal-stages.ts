import type { Field, ForecastType, PickListValue } from './field.ts'

const FORECAST_TYPES: ReadonlyMap<string, ForecastType> = new Map([
  ['Closed Won', 'Closed Won'],
  ['Closed Lost', 'Closed Lost'],
  ['Closed Lost to Competition', 'Closed Lost'],
])

/** A pipeline that knows only some stages; the other one knows them all. */
const STAGES_OF_RENEWALS = new Set(['Qualification', 'Negotiation/Review', 'Closed Won', 'Closed Lost'])
export const RENEWALS = 'Renewals'

/**
 * What the stages of a deal mean, and which of them each pipeline has (zoho-crm.md 4 Deals). Kept by id, so that it
 * survives when an admin renames a stage.
 */
export function withStageMeaning(fields: readonly Field[]): readonly Field[] {
  const stages = (fields.find((field) => field.apiName === 'Stage')?.pickList ?? []).map((stage) => ({
    ...stage,
    forecastType: FORECAST_TYPES.get(stage.actual) ?? 'Open',
  }))
  return fields.map((field) => {
    if (field.apiName === 'Stage') return { ...field, pickList: stages }
    if (field.apiName !== 'Pipeline') return field
    return { ...field, pickList: field.pickList.map((pipeline) => withStages(pipeline, stages)) }
  })
}

function withStages(pipeline: PickListValue, stages: readonly PickListValue[]): PickListValue {
  const own = pipeline.actual === RENEWALS ? stages.filter((stage) => STAGES_OF_RENEWALS.has(stage.actual)) : stages
  return { ...pipeline, stages: own.map((stage) => stage.id) }
}
