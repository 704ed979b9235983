import type { PickListValue } from '../model/field.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import { textOf, type Value } from '../model/record.ts'
import { invalidData, mandatoryNotFound, type Problem } from '../problem.ts'
import type { Subject } from './judge.ts'

/** A stage has to belong to the deal's pipeline; how Zoho says so is unverified (zoho-crm.md 3.15, 4 Deals). */
export function dealProblems(subject: Subject, values: Record<string, Value>): Problem[] {
  const { module, before, view } = subject
  if (module.apiName !== 'Deals') return []
  const isCleared = before === undefined ? (values.Pipeline ?? null) === null : values.Pipeline === null
  if (isCleared && view.rules.dealPipeline === 'mandatory') {
    return [mandatoryNotFound('Pipeline', `${subject.path}.Pipeline`)]
  }
  if (values.Stage === undefined && values.Pipeline === undefined) return []
  const after = { ...before?.values, ...values }
  const pipeline = pickOf(module, 'Pipeline', after.Pipeline) ?? defaultPipeline(module)
  const stage = pickOf(module, 'Stage', after.Stage)
  if (stage === undefined || pipeline?.stages?.includes(stage.id) !== false) return []
  return [outsidePipeline(subject)]
}

/** What a deal gets that names none. */
export function defaultPipeline(module: Module): PickListValue | undefined {
  return fieldOf(module, 'Pipeline')?.pickList[0]
}

function pickOf(module: Module, field: string, value: Value | undefined): PickListValue | undefined {
  return fieldOf(module, field)?.pickList.find((one) => one.actual === textOf(value))
}

function outsidePipeline(subject: Subject): Problem {
  const at = (name: string) => ({ api_name: name, json_path: `${subject.path}.${name}` })
  switch (subject.view.rules.stageOutsidePipeline) {
    case 'INVALID_DATA':
      return invalidData(at('Stage'))
    case 'MAPPING_MISMATCH': {
      const details = { mapped_field: 'Pipeline', ...at('Stage') }
      return { code: 'MAPPING_MISMATCH', message: "Pipeline doesn't contain the Stage", details }
    }
    case 'DEPENDENT_MISMATCH': {
      const details = { dependee: at('Pipeline'), ...at('Stage') }
      return { code: 'DEPENDENT_MISMATCH', message: 'the dependent value does not match', details }
    }
  }
}
