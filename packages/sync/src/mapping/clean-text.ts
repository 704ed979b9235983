const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&nbsp;': ' ',
}

/** Data that came into Xero by its screens may be HTML-escaped (xero.md 7.14). */
export function decodeEntities(text: string): string {
  return text.includes('&')
    ? text.replace(/&(?:amp|lt|gt|quot|apos|nbsp|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    : text
}

/** One line of text: outer, double and odd spaces gone, accents composed. */
export function tidy(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** Text as it is shown, less its outer spaces: inner spacing is the user's. */
export function trimmed(text: string): string {
  return text.normalize('NFC').trim()
}

/** Several lines: line ends in one form, no spaces at their ends, no blank lines around. */
export function tidyLines(text: string): string {
  return text
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}
