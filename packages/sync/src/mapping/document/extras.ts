import { isBlank, isValueObject, type Value, type ValueObject } from '../../model/value.ts'
import type { KindMapping } from '../contract.ts'
import { mapped } from '../contract.ts'
import type { DocumentRule } from './document-rule.ts'

/** Xero greets by these in its e-mails; made of the name where nothing else says them. */
const GREETING = ['FirstName', 'LastName']

/** What a create adds by itself gives way to what a person has mapped: constants, defaults for blanks, the greeting. */
export function documentExtras(given: KindMapping, rules: readonly DocumentRule[]): KindMapping['createExtras'] {
  return (target, source, context) => {
    const extras = given.createExtras(target, source, context)
    if (extras.type === 'hold' || target === 'zoho') return extras
    const said = rules.filter(({ rule }) => {
      const accepted =
        rule.direction === 'xeroToZoho' ? null : rule.xero.accept(rule.zoho.read(source, context), context)
      return accepted?.type === 'mapped' && !isBlank(accepted.value)
    })
    const isNamed = rules.some(
      ({ mapping, rule }) => rule.direction !== 'xeroToZoho' && GREETING.includes(mapping.xero),
    )
    const paths = [...said.map(({ mapping }) => mapping.xero), ...(isNamed ? GREETING : [])]
    return mapped({ ...extras.value, payload: paths.reduce(withoutPath, extras.value.payload) })
  }
}

function withoutPath(payload: ValueObject, path: string): ValueObject {
  const [key = '', inner] = path.split('.')
  const value: Value | undefined = payload[key]
  if (value === undefined) return payload
  const { [key]: _, ...rest } = payload
  if (inner === undefined || !isValueObject(value)) return rest
  const { [inner]: __, ...others } = value
  return Object.keys(others).length === 0 ? rest : { ...rest, [key]: others }
}
