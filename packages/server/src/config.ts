import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { LANGUAGES, type Language } from '@tandem/sync/model/code-texts.ts'
import { CRASH_POINTS, type CrashPoint } from '@tandem/sync/ports/crash-point.ts'
import { z } from 'zod'
import { type Answer, answer, problem } from './problem.ts'

/** Everything that the environment says (design section 11); `.env.example` documents each variable. */
export interface Config {
  readonly dataDir: string
  /** null: the embedded database inside `dataDir`. */
  readonly databaseUrl: string | null
  /** 32 bytes in base64, or a passphrase; null: the key file of the data folder. */
  readonly secretKey: string | null
  /** Without a trailing slash. */
  readonly publicUrl: string
  readonly host: string
  readonly port: number
  readonly zoho: ZohoApp
  readonly xero: XeroApp
  /** How often an idle connection is polled. */
  readonly pollMinutes: number
  /** Of the causes and fixes that commands print. */
  readonly language: Language
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Only in a crash test; null: never. */
  readonly crashAt: CrashAt | null
}

/** The process ends when it reaches this point for the `hit`th time. */
export interface CrashAt {
  readonly point: CrashPoint
  readonly hit: number
}

export interface ZohoApp {
  readonly clientId: string
  readonly clientSecret: string
  readonly accountsUrl: string
}

export interface XeroApp {
  readonly clientId: string
  readonly clientSecret: string
  readonly loginUrl: string
  readonly identityUrl: string
  readonly apiUrl: string
  /** '' until a webhook is configured in Xero's developer portal. */
  readonly webhookKey: string
}

const SHORTEST_SECRET = 16
const MAKE_A_KEY = 'too short: write 32 random bytes in base64, e.g. the output of: openssl rand -base64 32'

const text = z.string().trim().default('')
const count = (low: number, high: number, fallback: number) =>
  z.coerce
    .number({ error: `write a whole number from ${low} to ${high}` })
    .int(`write a whole number from ${low} to ${high}`)
    .min(low, `write a whole number from ${low} to ${high}`)
    .max(high, `write a whole number from ${low} to ${high}`)
    .default(fallback)

function webAddress(fallback: string) {
  return z
    .string()
    .trim()
    .default(fallback)
    .refine(isWebAddress, `write a whole address such as ${fallback}`)
    .transform((url) => url.replace(/\/+$/, ''))
}

const environmentSchema = z.object({
  TANDEM_DATA_DIR: z.string().trim().default('.tandem'),
  DATABASE_URL: text.refine(
    (url) => url === '' || /^postgres(ql)?:\/\//.test(url),
    'write postgres://user:password@host:5432/database, or leave it out to use the embedded database',
  ),
  TANDEM_SECRET_KEY: text.refine((key) => key === '' || key.length >= SHORTEST_SECRET, MAKE_A_KEY),
  PUBLIC_URL: webAddress('http://localhost:4000'),
  TANDEM_HOST: z.string().trim().default('localhost'),
  PORT: count(0, 65_535, 4000),
  ZOHO_CLIENT_ID: text,
  ZOHO_CLIENT_SECRET: text,
  ZOHO_ACCOUNTS_URL: webAddress('https://accounts.zoho.com'),
  XERO_CLIENT_ID: text,
  XERO_CLIENT_SECRET: text,
  XERO_LOGIN_URL: webAddress('https://login.xero.com'),
  XERO_IDENTITY_URL: webAddress('https://identity.xero.com'),
  XERO_API_URL: webAddress('https://api.xero.com'),
  XERO_WEBHOOK_KEY: text,
  TANDEM_POLL_MINUTES: count(1, 1440, 15),
  TANDEM_LANG: z.enum(LANGUAGES, { error: `write one of ${LANGUAGES.join(', ')}` }).default('en'),
  TANDEM_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'write debug, info, warn, error or silent' })
    .default('warn'),
  TANDEM_CRASH_AT: text.transform(readCrashAt),
})

type Environment = z.infer<typeof environmentSchema>

/** Reads the environment; every mistake names its variable and what to write there. Secrets are never repeated. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Answer<Config> {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(filled)
  if (parsed.success) return answer(toConfig(parsed.data))
  const mistakes = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  return problem(
    'badConfiguration',
    `The environment is not right. ${mistakes.join('; ')}.`,
    'Every variable is explained in .env.example.',
  )
}

/** Adds the `.env` file of the working folder, if there is one, to `process.env`; what is set already wins. */
export function loadEnvironmentFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}

function toConfig(found: Environment): Config {
  return {
    dataDir: resolve(found.TANDEM_DATA_DIR),
    databaseUrl: found.DATABASE_URL === '' ? null : found.DATABASE_URL,
    secretKey: found.TANDEM_SECRET_KEY === '' ? null : found.TANDEM_SECRET_KEY,
    publicUrl: found.PUBLIC_URL,
    host: found.TANDEM_HOST,
    port: found.PORT,
    zoho: {
      clientId: found.ZOHO_CLIENT_ID,
      clientSecret: found.ZOHO_CLIENT_SECRET,
      accountsUrl: found.ZOHO_ACCOUNTS_URL,
    },
    xero: {
      clientId: found.XERO_CLIENT_ID,
      clientSecret: found.XERO_CLIENT_SECRET,
      loginUrl: found.XERO_LOGIN_URL,
      identityUrl: found.XERO_IDENTITY_URL,
      apiUrl: found.XERO_API_URL,
      webhookKey: found.XERO_WEBHOOK_KEY,
    },
    pollMinutes: found.TANDEM_POLL_MINUTES,
    language: found.TANDEM_LANG,
    logLevel: found.TANDEM_LOG,
    crashAt: found.TANDEM_CRASH_AT,
  }
}

/** `C7`, or `C7:3` for the third time that it is reached. */
function readCrashAt(value: string, context: z.RefinementCtx): CrashAt | null {
  if (value === '') return null
  const [, name = '', hit = '1'] = /^(C\d+)(?::([1-9]\d{0,5}))?$/.exec(value) ?? []
  if (isCrashPoint(name)) return { point: name, hit: Number(hit) }
  context.addIssue({ code: 'custom', message: 'write C1 to C18, or e.g. C7:3 for the third time it is reached' })
  return z.NEVER
}

function isCrashPoint(name: string): name is CrashPoint {
  return name in CRASH_POINTS
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

/** Is this the address of this very machine? Sandboxes are; the real services never are. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]' || hostname.endsWith('.localhost')
}
