import { type TieOutRow, unexplained } from './tie-out.ts'

const HEAD = [
  'rate',
  'documents',
  'net Zoho',
  'net Xero',
  'tax Zoho',
  'tax Xero',
  'by rounding',
  'unexplained',
] as const

/** For a person who reads a failed test. */
export function tieOutTable(rows: readonly TieOutRow[]): string {
  const cells = rows.map((row) => [
    row.rate,
    String(row.documents),
    ...[row.zohoNet, row.xeroNet, row.zohoTax, row.xeroTax, row.known, unexplained(row)].map((one) => one.toFixed(2)),
  ])
  const all = [[...HEAD], ...cells]
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map((row) => row.join('  '))
    .join('\n')
}
