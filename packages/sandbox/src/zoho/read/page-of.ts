/** One numbered page of rows that are all at hand, with the `info` that such answers carry (zoho-crm.md 3.1). */
export function pageOf<T>(
  all: readonly T[],
  { page, perPage }: { readonly page: number; readonly perPage: number },
): { readonly rows: readonly T[]; readonly info: Readonly<Record<string, number | boolean>> } {
  const start = (page - 1) * perPage
  const rows = all.slice(start, start + perPage)
  const info = { per_page: perPage, count: rows.length, page, more_records: all.length > start + rows.length }
  return { rows, info }
}
