import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Operations } from '../operations/contract.ts'
import {
  mappingCatalogueSchema,
  mappingCheckSchema,
  mappingDocumentSchema,
  mappingPresetSchema,
  mappingTestRequestSchema,
  mappingTestSchema,
  savedMappingSchema,
} from '../views/mapping.ts'
import { okJson, problems, refuse } from './problem-json.ts'

const presetList = z.array(mappingPresetSchema)
const params = z.object({ id: z.string() })
const path = '/v1/connections/{id}/mapping'
const document = { required: true, content: { 'application/json': { schema: mappingDocumentSchema } } }

const read = createRoute({
  method: 'get',
  path,
  request: { params },
  responses: { 200: okJson(mappingDocumentSchema, 'What a person has mapped'), ...problems },
})
const write = createRoute({
  method: 'put',
  path,
  request: { params, body: document },
  responses: { 200: okJson(savedMappingSchema, 'As stored; nothing is where anything is wrong'), ...problems },
})
const check = createRoute({
  method: 'post',
  path: `${path}/check`,
  request: { params, body: document },
  responses: { 200: okJson(mappingCheckSchema, 'What is wrong with it; nothing is stored'), ...problems },
})
const attempt = createRoute({
  method: 'post',
  path: `${path}/test`,
  request: { params, body: { required: true, content: { 'application/json': { schema: mappingTestRequestSchema } } } },
  responses: { 200: okJson(mappingTestSchema, 'What the mapped fields of the record would be'), ...problems },
})
const presets = createRoute({
  method: 'get',
  path: `${path}/presets`,
  request: { params },
  responses: { 200: okJson(presetList, 'Mappings to begin with'), ...problems },
})
const catalogue = createRoute({
  method: 'get',
  path: `${path}/catalogue`,
  request: { params },
  responses: { 200: okJson(mappingCatalogueSchema, 'What is mapped, and what can be'), ...problems },
})

export function mappingRoutes(app: OpenAPIHono, operations: Operations): void {
  app.openapi(read, async (c) => {
    const found = await operations.mapping(c.req.valid('param').id)
    return found.type === 'ok' ? c.json(mappingDocumentSchema.parse(found.value), 200) : refuse(c, found)
  })
  app.openapi(write, async (c) => {
    const saved = await operations.saveMapping(c.req.valid('param').id, c.req.valid('json'))
    return saved.type === 'ok' ? c.json(savedMappingSchema.parse(saved.value), 200) : refuse(c, saved)
  })
  app.openapi(check, async (c) => {
    const checked = await operations.checkMapping(c.req.valid('param').id, c.req.valid('json'))
    return checked.type === 'ok' ? c.json(checked.value, 200) : refuse(c, checked)
  })
  app.openapi(attempt, async (c) => {
    const tried = await operations.testMapping(c.req.valid('param').id, c.req.valid('json'))
    return tried.type === 'ok' ? c.json(tried.value, 200) : refuse(c, tried)
  })
  app.openapi(presets, async (c) => {
    const found = await operations.mappingPresets(c.req.valid('param').id)
    return found.type === 'ok' ? c.json(presetList.parse(found.value), 200) : refuse(c, found)
  })
  app.openapi(catalogue, async (c) => {
    const found = await operations.mappingCatalogue(c.req.valid('param').id)
    return found.type === 'ok' ? c.json(found.value, 200) : refuse(c, found)
  })
}
