import { z } from '@hono/zod-openapi'
import { MAPPING_LIMITS, MAPPING_VERSION, type MappingDocument } from '@tandem/sync/model/mapping-document.ts'
import { type Answer, answer, problem } from '../problem.ts'
import { valueSchema } from './json-value.ts'
import { codeSchema, kindSchema, modeSchema, sideSchema } from './report.ts'

const expression = z.string().describe('CEL: value, and record.Name of the source where the field goes one way')

/** Strict: a misspelt name is a mistake, never silently ignored. What it says is judged by `documentFaults`. */
const fieldMappingSchema = z
  .strictObject({
    field: z.string().describe('Stable name; that of a default field puts this one in its place'),
    zoho: z.string().describe('API name; Contacts.NAME for the primary person of a company, Leads.NAME for a lead'),
    xero: z.string().describe('Path, e.g. PurchaseDetails.UnitPrice: see the catalogue'),
    direction: modeSchema.exactOptional(),
    policy: z.enum(['zoho', 'xero', 'newest', 'ask']).exactOptional(),
    blankErases: z.boolean().exactOptional(),
    transform: z
      .strictObject({ toXero: expression.exactOptional(), toZoho: expression.exactOptional() })
      .exactOptional(),
    when: expression.exactOptional(),
    values: z
      .array(z.tuple([z.string(), z.string()]))
      .exactOptional()
      .describe('[Zoho, Xero] pairs'),
    lookup: kindSchema.exactOptional().describe('The kind of record that the Zoho look-up links to'),
  })
  .openapi('FieldMapping')

export const mappingDocumentSchema = z
  .strictObject({
    version: z.literal(MAPPING_VERSION),
    name: z.string().max(MAPPING_LIMITS.longestName),
    kinds: z.partialRecord(kindSchema, z.array(fieldMappingSchema)),
  })
  .openapi('MappingDocument')

export const mappingFaultSchema = z
  .object({ kind: kindSchema, field: z.string(), code: codeSchema, detail: z.string() })
  .openapi('MappingFault')
export type MappingFaultView = z.infer<typeof mappingFaultSchema>

export const mappingCheckSchema = z.object({ faults: z.array(mappingFaultSchema) }).openapi('MappingCheck')
export type MappingCheckView = z.infer<typeof mappingCheckSchema>

export const savedMappingSchema = z
  .object({
    document: mappingDocumentSchema,
    change: z
      .enum(['none', 'preview'])
      .describe('preview: nothing is written under the new mapping until a person has approved its preview'),
  })
  .openapi('SavedMapping')
export interface SavedMappingView {
  readonly document: MappingDocument
  readonly change: 'none' | 'preview'
}

export const mappingTestRequestSchema = z
  .strictObject({
    kind: kindSchema,
    side: sideSchema.describe('Whose record it is'),
    record: z
      .record(z.string(), z.unknown())
      .describe("In the system's own names; a company's primary person under Contacts"),
    document: mappingDocumentSchema.exactOptional().describe('Instead of the mapping that is saved'),
  })
  .openapi('MappingTestRequest')
export type MappingTestRequest = Omit<z.infer<typeof mappingTestRequestSchema>, 'document'> & {
  readonly document?: MappingDocument
}

const labels = z.object({ zoho: z.string(), xero: z.string() })
const json = z
  .custom<z.infer<typeof valueSchema>>((value) => valueSchema.safeParse(value).success)
  .openapi({ type: ['string', 'boolean', 'null', 'array', 'object'] })

export const mappingTestSchema = z
  .object({
    fields: z.array(
      z.object({
        field: z.string(),
        label: labels,
        direction: modeSchema,
        from: json,
        outcome: z.discriminatedUnion('type', [
          z.object({ type: z.literal('written'), value: json, payload: json }),
          z.object({ type: z.literal('notThisWay') }),
          z.object({ type: z.literal('held'), code: codeSchema, detail: z.string() }),
        ]),
      }),
    ),
  })
  .openapi('MappingTest')
export type MappingTestView = z.infer<typeof mappingTestSchema>

export const mappingPresetSchema = z
  .object({ id: z.enum(['default', 'literalNames']), title: z.string(), document: mappingDocumentSchema })
  .openapi('MappingPreset')

const place = z.object({ name: z.string(), label: z.string(), type: z.string(), isWritable: z.boolean() })

/** Both platforms' words side by side (R22): what is mapped now, and what can be. */
export const mappingCatalogueSchema = z
  .object({
    kinds: z.array(
      z.object({
        kind: kindSchema,
        fields: z.array(
          z.object({
            field: z.string(),
            label: labels,
            direction: modeSchema,
            policy: z.enum(['zoho', 'xero', 'newest', 'ask']),
            origin: z.enum(['default', 'document']),
          }),
        ),
        zoho: z.array(place),
        xero: z.array(place),
      }),
    ),
  })
  .openapi('MappingCatalogue')
export type MappingCatalogueView = z.infer<typeof mappingCatalogueSchema>

export function parseMapping(input: unknown): Answer<MappingDocument> {
  const parsed = mappingDocumentSchema.safeParse(input)
  if (parsed.success) return answer(parsed.data)
  const mistakes = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`)
  return problem('badInput', `This is no mapping document. ${mistakes.join('; ')}.`, 'Nothing was changed.')
}

export function parseSample(input: unknown): Answer<MappingTestRequest['record']> {
  const parsed = mappingTestRequestSchema.shape.record.safeParse(input)
  if (parsed.success) return answer(parsed.data)
  return problem('badInput', 'This is no record.', 'Write a JSON object of its fields.')
}
