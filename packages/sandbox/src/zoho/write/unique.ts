import type { Field } from '../model/field.ts'
import type { Module } from '../model/modules.ts'
import { fullName, userById } from '../model/org.ts'
import type { Value } from '../model/record.ts'
import type { Problem } from '../problem.ts'
import type { Subject } from './judge.ts'
import type { Holder, OrgView } from './view.ts'

export function uniqueFields(module: Module): readonly Field[] {
  return module.fields.filter((field) => field.unique !== 'no')
}

/** A value of a unique field that another record holds (zoho-crm.md 3.15 DUPLICATE_DATA). */
export function uniqueProblems(subject: Subject, values: Record<string, Value>): Problem[] {
  const problems: Problem[] = []
  for (const field of uniqueFields(subject.module)) {
    const text = values[field.apiName]
    if (typeof text !== 'string') continue
    const holder = subject.view.holder(subject.module.apiName, field, { text, selfId: subject.before?.id })
    if (holder !== undefined) problems.push(duplicate({ subject, field, holder }))
  }
  return problems
}

function duplicate(collision: { readonly subject: Subject; readonly field: Field; readonly holder: Holder }): Problem {
  const { subject, field, holder } = collision
  const place = { api_name: field.apiName, json_path: `${subject.path}.${field.apiName}` }
  const message = field.external === undefined ? 'duplicate data' : 'The external field contains duplicate data'
  if (holder.details === 'reduced') return { code: 'DUPLICATE_DATA', message, details: place }
  const record = holder.record
  return {
    code: 'DUPLICATE_DATA',
    message,
    details: {
      ...place,
      id: record.id,
      duplicate_record: {
        id: record.id,
        Owner: ownerOf(subject.view, record.owner),
        module: { api_name: subject.module.apiName, id: subject.module.id },
        [field.apiName]: record.values[field.apiName],
      },
      more_records: false,
    },
  }
}

function ownerOf(view: OrgView, id: string): unknown {
  const user = userById(view.org, id)
  return user === undefined ? null : { id: user.id, name: fullName(user), zuid: user.zuid }
}
