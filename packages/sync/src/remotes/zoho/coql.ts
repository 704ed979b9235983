import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import { isValueList, type ValueObject } from '../../model/value.ts'
import type { ZohoClient } from './client.ts'
import { hasMoreRecords, unreadableAnswer } from './codec.ts'
import { refuseProblem, type ZohoProblem } from './problem.ts'
import { isZohoId, objectsOf, textOf } from './wire.ts'

/** COQL reads the database, not the search index: no lag and exact equality (zoho-crm.md 3.9). */
export interface CoqlSelect {
  readonly module: string
  /** Besides `id`. */
  readonly fields: readonly string[]
  readonly where: string
  readonly purpose: string
  /** Rows a call: `COQL_PAGE` when absent, at most `COQL_LONG_PAGE`. */
  readonly pageSize?: number
}

export interface CoqlRows {
  readonly rows: readonly ValueObject[]
  readonly hasMore: boolean
}

/** Rows of one query, or Zoho's refusal of the query itself, which some callers survive. */
export type CoqlAnswer =
  | { readonly type: 'rows'; readonly value: CoqlRows }
  | ({ readonly type: 'problem' } & ZohoProblem)

/** Rows of one call at one credit (zoho-crm.md 2.2). */
export const COQL_PAGE = 200
/** Rows of one call at three credits; one source says that 200 is the most (zoho-crm.md 11). */
export const COQL_LONG_PAGE = 2000
/** Values of one IN list. */
export const COQL_IN = 100

/** One page in id order, after an id ('' for the first). Keyset, not offset: rows may come and go meanwhile. */
export async function coqlPage(
  client: ZohoClient,
  select: CoqlSelect,
  afterId: string,
): Promise<RemoteOutcome<CoqlAnswer>> {
  const where = afterId === '' ? select.where : `(${select.where} and id > ${quoted(afterId)})`
  const columns = ['id', ...select.fields].join(', ')
  const pageSize = select.pageSize ?? COQL_PAGE
  const query = `select ${columns} from ${select.module} where ${where} order by id asc limit ${pageSize}`
  const outcome = await client.call({
    method: 'POST',
    path: '/coql',
    effect: 'read',
    purpose: select.purpose,
    body: JSON.stringify({ select_query: query }),
    weight: 'heavy',
    credits: pageSize > 1000 ? 3 : pageSize > COQL_PAGE ? 2 : 1,
  })
  if (outcome.type !== 'ok') return outcome
  const { body, problem } = outcome.value
  if (problem !== null) return ok({ type: 'problem', ...problem })
  if (body === null) return ok({ type: 'rows', value: { rows: [], hasMore: false } })
  const rows = objectsOf(body.data)
  const isWhole = isValueList(body.data) && rows.every((row) => isZohoId(textOf(row.id)))
  if (!isWhole) return unreadableAnswer(select.module)
  return ok({ type: 'rows', value: { rows, hasMore: hasMoreRecords(body) } })
}

/** All rows of a query, page by page. A refusal of the query at any page is the answer. */
export async function coqlAll(client: ZohoClient, select: CoqlSelect): Promise<RemoteOutcome<CoqlAnswer>> {
  const rows: ValueObject[] = []
  let wanted = select
  for (let afterId = ''; ; ) {
    const page = await coqlPage(client, wanted, afterId)
    if (page.type !== 'ok') return page
    if (page.value.type === 'problem') {
      const isTooLong = page.value.code === 'LIMIT_EXCEEDED' && (wanted.pageSize ?? COQL_PAGE) > COQL_PAGE
      if (!isTooLong) return page
      wanted = { ...select, pageSize: COQL_PAGE }
      continue
    }
    rows.push(...page.value.value.rows)
    const last = textOf(page.value.value.rows.at(-1)?.id)
    if (!page.value.value.hasMore || last === '') return ok({ type: 'rows', value: { rows, hasMore: false } })
    afterId = last
  }
}

/** For callers that cannot go on without the rows. */
export function rowsOrRefusal(answer: CoqlAnswer, about: string): RemoteOutcome<CoqlRows> {
  return answer.type === 'rows' ? ok(answer.value) : refuseProblem(answer, about)
}

/** A COQL text literal: quotes are escaped by doubling (zoho-crm.md 3.9). */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

export function inList(values: readonly string[]): string {
  return `in (${values.map(quoted).join(', ')})`
}

/** Only such names can stand in a query. */
export function isCoqlName(field: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(field)
}

export function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
