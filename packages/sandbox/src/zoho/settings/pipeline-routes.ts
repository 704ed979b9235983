import type { ApiCall, Route } from '../api/route.ts'
import { type ApiAnswer, invalidData, invalidParam, missingParam, refuse } from '../problem.ts'
import { pipelineViews } from './stage-view.ts'

const need = () => [{ group: 'settings', sub: 'pipeline', op: 'READ' }]

/** `GET /settings/pipeline?layout_id=`: the pipelines of a deal layout, with the meaning of each stage. */
export const PIPELINE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/settings/pipeline', needs: need, handle: pipelines },
  { method: 'GET', path: '/settings/pipeline/:id', needs: need, handle: pipelines },
]

function pipelines(call: ApiCall): ApiAnswer {
  const layout = call.query.get('layout_id')
  if (layout === null) return missingParam('layout_id')
  const module = call.world.module('Deals')
  if (module === undefined || layout !== module.layoutId) return invalidParam('layout_id')
  const all = pipelineViews(call.world, module)
  const { id } = call.params
  const asked = id === undefined ? all : all.filter((one) => one.id === id)
  if (asked.length > 0) return { status: 200, body: { pipeline: asked } }
  return refuse(400, invalidData({ resource_path_index: 2 }, 'the id given seems to be invalid'))
}
