/** The page's whole stylesheet: system fonts, one accent, readable tables. */
export const STYLE = `
:root { color-scheme: light; --ink: #1c2733; --soft: #5a6b7b; --line: #dde3e9; --accent: #0b6e99; --paper: #fff; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: #f4f6f8; }
header { background: var(--ink); color: #fff; padding: .8rem 1.5rem; display: flex; gap: 1.5rem; align-items: baseline; flex-wrap: wrap; }
header a { color: #cfe3ee; text-decoration: none; }
header a[aria-current] { color: #fff; border-bottom: 2px solid #fff; }
main { max-width: 72rem; margin: 1.25rem auto; padding: 1.25rem 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); }
td.amount, th.amount { text-align: right; font-variant-numeric: tabular-nums; }
form.search { margin-bottom: 1rem; display: flex; gap: .5rem; }
input, select, button { font: inherit; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 6px; }
form.edit { display: grid; grid-template-columns: max-content minmax(0, 28rem); gap: .5rem 1rem; align-items: center; }
form.inline { display: inline-block; margin: 1rem .5rem 0 0; }
button { background: var(--accent); border-color: var(--accent); color: #fff; cursor: pointer; }
.status { font-size: .85em; color: var(--soft); }
.message { padding: .6rem .8rem; border-left: 4px solid #b3261e; background: #fdecea; margin-bottom: 1rem; }
nav.pages { margin-top: 1rem; display: flex; gap: 1rem; }
`
