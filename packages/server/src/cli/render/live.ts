import { codeText, type Language } from '@tandem/sync/model/code-texts.ts'
import type { ProgressView } from '../../views/task.ts'
import { opLines } from './report.ts'
import { cell } from './table.ts'
import { KIND_NAME, SIDE_NAMES } from './words.ts'

/** What a person who watches wants to see of a change that crosses: each op with its fields, conflicts, holds. */
export function liveLines(event: ProgressView, language: Language): readonly string[] {
  switch (event.type) {
    case 'op':
      return opLines(event)
    case 'conflict': {
      const winner = event.winner === null ? 'waits for a person' : `${SIDE_NAMES[event.winner]} wins`
      return [`conflict on ${KIND_NAME[event.kind]} "${cell(event.title)}", field ${event.field}: ${winner}`]
    }
    case 'hold':
      return [
        `held: ${KIND_NAME[event.kind]} "${cell(event.title)}": ${codeText(event.code, language).cause} See tandem inbox.`,
      ]
    case 'phase':
    case 'read':
    case 'planned':
    case 'written':
    case 'waiting':
      return []
  }
}
