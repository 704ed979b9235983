import { GERMAN } from './code-texts.de.ts'
import { ENGLISH } from './code-texts.en.ts'
import { FRENCH } from './code-texts.fr.ts'
import type { Code } from './codes.ts'

/** What a person reads for a code: what is the matter, and what to do about it, where, and what happens then (R65). */
export interface CodeText {
  readonly cause: string
  readonly fix: string
}

export type CodeTexts = Readonly<Record<Code, CodeText>>

export const LANGUAGES = ['en', 'fr', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

export function codeText(code: Code, language: Language): CodeText {
  return CODE_TEXTS[language][code]
}

const CODE_TEXTS: Readonly<Record<Language, CodeTexts>> = { en: ENGLISH, fr: FRENCH, de: GERMAN }
