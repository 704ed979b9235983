import type { ZohoCollection } from '../../model/kind.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { canonicalText, isBlank, isValueObject, type Value, type ValueObject } from '../../model/value.ts'
import { COQL_IN, COQL_LONG_PAGE, COQL_PAGE, chunksOf, coqlAll, inList } from './coql.ts'
import { type ReadParts, readListed, readOne, readSingles } from './read.ts'
import { idOf, isZohoId, objectsOf, textOf } from './wire.ts'

/**
 * Documents of one module with their lines. A GET each is the documented way; COQL on the subform would need one call per two hundred
 * lines instead, but the sources do not agree that it works (zoho-crm.md 9 trap 1). So it is compared once with GETs,
 * and used only after it gave every line field exactly as they do.
 */
export interface DocumentReader {
  read(ids: readonly string[]): Promise<RemoteOutcome<readonly RemoteRecord[]>>
}

/** Line fields to prove when the mapping names none under the subform. */
const LINE_FIELDS = ['Product_Name', 'Quantity', 'List_Price', 'Discount', 'Line_Tax', 'Description', 'Sequence_Number']
const PRODUCT_NAME = 'Product_Name.Product_Name'
const PRODUCT_CODE = 'Product_Name.Product_Code'
/** Fewer documents are not worth a probe. */
const WORTH_PROBING = 10
/** Documents compared at a time; each field must have been seen filled in one of them. */
const SAMPLE = 3
const MOST_TRIES = 3

/** Where the documents are and where their lines. */
export interface DocumentPlace {
  readonly module: ZohoCollection
  readonly subform: string
}

interface DocumentParts extends ReadParts {
  readonly place: DocumentPlace
}

export function createDocumentReader(reading: ReadParts, place: DocumentPlace): DocumentReader {
  const parts: DocumentParts = { ...reading, place }
  const { module, subform } = place
  const lineFields = (parts.fields[subform] ?? LINE_FIELDS).filter((name) => name !== 'id' && name !== 'Parent_Id')
  // A list has no `$` keys, such as `$line_tax`: whoever wants one needs GETs.
  const needsSystemKeys = (parts.fields[module] ?? []).some((name) => name.startsWith('$'))
  let state: 'untried' | 'proven' | 'off' = needsSystemKeys ? 'off' : 'untried'
  let tries = 0

  async function probe(sample: readonly string[]): Promise<RemoteOutcome<null>> {
    const lines = await linesOf(parts, lineFields, sample)
    if (lines.type !== 'ok') return lines
    tries += 1
    if (lines.value === null) {
      state = 'off'
      return ok(null)
    }
    const seen = new Set<string>()
    for (const id of sample) {
      const document = await readOne(parts.client, module, id)
      if (document.type !== 'ok') return document
      if (document.value === null) continue
      const verdict = compareLines(lineFields, objectsOf(document.value.fields[subform]), lines.value.get(id) ?? [])
      if (verdict === 'differ') state = 'off'
      else for (const field of verdict) seen.add(field)
    }
    if (state === 'untried' && [...lineFields, PRODUCT_CODE].every((field) => seen.has(field))) state = 'proven'
    if (state === 'untried' && tries >= MOST_TRIES) state = 'off'
    return ok(null)
  }

  return {
    async read(ids) {
      const wanted = [...new Set(ids)].filter(isZohoId)
      if (state === 'untried' && wanted.length >= WORTH_PROBING) {
        const probed = await probe(wanted.slice(0, SAMPLE))
        if (probed.type !== 'ok') return probed
      }
      if (state !== 'proven' || wanted.length < 2) return readSingles(parts.client, module, wanted)
      const queried = await readWithQuery(parts, lineFields, wanted)
      if (queried !== 'refused') return queried
      state = 'off'
      return readSingles(parts.client, module, wanted)
    },
  }
}

type LinesByDocument = ReadonlyMap<string, readonly ValueObject[]>

/** Lines in their order, by document; null where Zoho refuses to query the subform. */
async function linesOf(
  parts: DocumentParts,
  lineFields: readonly string[],
  documentIds: readonly string[],
): Promise<RemoteOutcome<LinesByDocument | null>> {
  const fields = [...new Set(['Parent_Id', 'Sequence_Number', ...lineFields, PRODUCT_NAME, PRODUCT_CODE])]
  const where = `Parent_Id ${inList(documentIds)}`
  const outcome = await coqlAll(parts.client, {
    module: parts.place.subform,
    fields,
    where,
    purpose: `${parts.place.module}.lines`,
    pageSize: documentIds.length > SAMPLE ? COQL_LONG_PAGE : COQL_PAGE,
  })
  if (outcome.type !== 'ok') return outcome
  if (outcome.value.type === 'problem') return ok(null)
  const rows = outcome.value.value.rows.map(withWholeProduct).toSorted((a, b) => position(a) - position(b))
  return ok(Map.groupBy(rows, (row) => idOf(row.Parent_Id)))
}

/** A GET shows `{id, name, Product_Code}`; a query has the last two only through the lookup. */
function withWholeProduct(row: ValueObject): ValueObject {
  const { [PRODUCT_NAME]: name = null, [PRODUCT_CODE]: code = null, ...rest } = row
  const id = idOf(rest.Product_Name)
  return id === '' ? rest : { ...rest, Product_Name: { id, name, Product_Code: code } }
}

function position(line: ValueObject): number {
  return Number(textOf(line.Sequence_Number))
}

/** Headers first: an edit in between then shows a version newer than the one we took, and is read again. */
async function readWithQuery(
  parts: DocumentParts,
  lineFields: readonly string[],
  ids: readonly string[],
): Promise<RemoteOutcome<readonly RemoteRecord[]> | 'refused'> {
  const records: RemoteRecord[] = []
  for (const chunk of chunksOf(ids, COQL_IN)) {
    const headers = await readListed(parts, parts.place.module, chunk)
    if (headers.type !== 'ok') return headers
    const lines = await linesOf(parts, lineFields, chunk)
    if (lines.type !== 'ok') return lines
    const found = lines.value
    if (found === null) return 'refused'
    // A document always has a line (zoho-crm.md 4.1): one without any is asked for by itself.
    const bare = headers.value.filter((record) => !found.has(record.id)).map((record) => record.id)
    const singles = await readSingles(parts.client, parts.place.module, bare)
    if (singles.type !== 'ok') return singles
    const whole = headers.value.flatMap((record) => withLines(record, parts.place.subform, found.get(record.id)))
    records.push(...whole, ...singles.value)
  }
  return ok(records)
}

function withLines(
  record: RemoteRecord,
  subform: string,
  lines: readonly ValueObject[] | undefined,
): readonly RemoteRecord[] {
  return lines === undefined ? [] : [{ ...record, hasLines: true, fields: { ...record.fields, [subform]: lines } }]
}

/** Fields that were filled on both sides, or `differ` at the first value that is not the same. */
function compareLines(
  lineFields: readonly string[],
  got: readonly ValueObject[],
  queried: readonly ValueObject[],
): 'differ' | readonly string[] {
  const compared = ['id', ...lineFields]
  const shown = (lines: readonly ValueObject[]) =>
    canonicalText(lines.map((line) => compared.map((field) => comparable(line[field] ?? null))))
  if (shown(got) !== shown(queried)) return 'differ'
  return [
    ...lineFields.filter((field) => got.some((line) => !isBlank(line[field] ?? null))),
    ...(got.some((line) => isValueObject(line.Product_Name) && !isBlank(line.Product_Name.Product_Code ?? null))
      ? [PRODUCT_CODE]
      : []),
  ]
}

/** Lookups without the members that no reader of lines uses. */
function comparable(value: Value): Value {
  if (!isValueObject(value)) return value
  return { id: textOf(value.id), name: value.name ?? null, Product_Code: value.Product_Code ?? null }
}
