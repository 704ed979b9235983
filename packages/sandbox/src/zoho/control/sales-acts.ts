import type { ControlAnswer } from '../../core/control.ts'
import { fieldOf } from '../model/modules.ts'
import { invalidData } from '../problem.ts'
import { relatedLists } from '../read/related.ts'
import { renderWhole } from '../read/render.ts'
import { convertDocument } from '../write/convert-document.ts'
import { convertLead } from '../write/convert-lead.ts'
import { link, type Relating, unlink } from '../write/relate.ts'
import type { SalesAction } from './act-schema.ts'
import { editByHand, type Person } from './person.ts'
import { refusedAs, told } from './told.ts'

/** What a person does with deals, leads and quotes in the CRM's pages, under the validation of the API. */
export function performSale(person: Person, action: SalesAction): ControlAnswer {
  switch (action.action) {
    case 'setStage': {
      const Pipeline = action.pipeline === undefined ? {} : { Pipeline: action.pipeline }
      return told(person, 'Deals', editByHand(person, 'Deals', { id: action.id, Stage: action.stage, ...Pipeline }))
    }
    case 'renameStage':
      return renameStage(person, action)
    case 'linkProduct':
    case 'unlinkProduct':
      return relate(person, action)
    case 'convertLead':
      return convertLeadByHand(person, action)
    case 'convertQuote':
      return convertByHand(person, { module: 'Quotes', id: action.id, to: action.to })
    case 'convertOrder':
      return convertByHand(person, { module: 'Sales_Orders', id: action.id, to: 'Invoices' })
  }
}

/** An admin renames a stage: its deals follow, its meaning stays (zoho-crm.md 4 Deals). */
function renameStage(person: Person, names: { readonly from: string; readonly to: string }): ControlAnswer {
  const { world } = person
  const deals = world.module('Deals')
  const stages = deals === undefined ? undefined : fieldOf(deals, 'Stage')?.pickList
  const isTaken = stages?.some((stage) => stage.actual === names.to) ?? false
  if (deals === undefined || !stages?.some((stage) => stage.actual === names.from) || isTaken) {
    return { ok: false, message: `there is no stage ${names.from}, or there is a stage ${names.to}` }
  }
  const pickList = stages.map((stage) =>
    stage.actual === names.from ? { ...stage, actual: names.to, display: names.to } : stage,
  )
  world.putModule({
    ...deals,
    fields: deals.fields.map((field) => (field.apiName === 'Stage' ? { ...field, pickList } : field)),
  })
  for (const deal of world.table('Deals').ordered('id')) {
    if (deal.values.Stage === names.from) world.save('Deals', { ...deal, values: { ...deal.values, Stage: names.to } })
  }
  return { ok: true, result: { stages: pickList.map((stage) => stage.actual) } }
}

function relate(
  person: Person,
  action: Extract<SalesAction, { action: 'linkProduct' | 'unlinkProduct' }>,
): ControlAnswer {
  const relating = productsOf(person, action.id)
  if (relating === undefined) return { ok: false, message: `there is no deal ${action.id}` }
  const child = { id: action.productId, path: '$.data[0].id' }
  const problem = action.action === 'linkProduct' ? link(relating, child) : unlink(relating, child.id)
  if (problem !== undefined) return refusedAs(problem)
  return { ok: true, result: { products: person.world.associations.ids(action.id) } }
}

function productsOf(person: Person, dealId: string): Relating | undefined {
  const { world, user } = person
  const module = world.module('Deals')
  const parent = world.table('Deals').get(dealId)
  const list = module === undefined ? undefined : relatedLists(world, module).find((one) => one.kind === 'linked')
  if (module === undefined || parent === undefined || list === undefined) return undefined
  return { world, user, module, parent, list }
}

function convertLeadByHand(person: Person, action: Extract<SalesAction, { action: 'convertLead' }>): ControlAnswer {
  const { account, contact, deal } = action
  const conversion = { account, contact, deal, owner: undefined, existing: 'kept' } as const
  const outcome = convertLead({ ...person, by: 'person' }, action.id, conversion)
  if (!outcome.ok) return refusedAs(outcome.problem)
  const result = {
    lead: outcome.lead.id,
    account: outcome.account?.id ?? null,
    contact: outcome.contact.id,
    deal: outcome.deal?.id ?? null,
  }
  return { ok: true, result }
}

/** The new document, as a single GET shows it. */
function convertByHand(
  person: Person,
  conversion: { readonly module: string; readonly id: string; readonly to: string },
): ControlAnswer {
  const { world } = person
  const source = world.module(conversion.module)
  const target = world.module(conversion.to)
  if (source === undefined || target === undefined) return refusedAs(invalidData({ module: conversion.to }))
  const outcome = convertDocument({ ...person, by: 'person' }, { module: source, id: conversion.id }, [target])
  if (!outcome.ok) return refusedAs(outcome.problem)
  const [first] = outcome.made
  return { ok: true, result: first === undefined ? {} : renderWhole(person, first.module, first.record) }
}
