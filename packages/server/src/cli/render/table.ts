/** Columns side by side, each as wide as its widest cell; long cells are cut. Pure. */
export function table(rows: readonly (readonly string[])[], indent = ''): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((row) => (row[index] === undefined ? 0 : [...cell(row[index])].length))),
  )
  return rows.map((row) =>
    (indent + row.map((text, index) => pad(cell(text), widths[index] ?? 0)).join('  ')).trimEnd(),
  )
}

const WIDEST = 60

/** Names come from the remote systems: a control character must not reach the terminal. */
export function cell(text: string): string {
  const clean = text.replace(/\p{Cc}+/gu, ' ')
  const letters = [...clean]
  return letters.length > WIDEST ? `${letters.slice(0, WIDEST - 1).join('')}…` : clean
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length))
}
