import type { LinkContext, PersonValue } from '../mapping/contract.ts'
import { mainPart } from '../model/link.ts'
import type { LinkSubject, PlanInput } from './input.ts'

/**
 * Until its primary person was compared with Xero's, a company's primary person is the one whom Xero names, among those
 * who are ticked if anybody is (a merge brings the other company's): the oldest of its people would else be given that
 * person's name and mailbox.
 */
export function withNamedPrimary(subject: LinkSubject, input: PlanInput, context: LinkContext): LinkSubject {
  const { persons: rules } = input.mapping
  const { primary } = subject.zoho
  if (rules === null || primary === null || subject.xero.main === null) return subject
  if (isCompared(subject, input)) return subject
  const wanted = namedByXero(subject, input, context)
  const people = [primary, ...subject.zoho.persons]
  const hasTick = rules.isTicked(primary, context)
  const named = people.find((record) => rules.isSame(record, wanted) && rules.isTicked(record, context) === hasTick)
  if (named === undefined || named === primary) return subject
  return { ...subject, zoho: { ...subject.zoho, primary: named, persons: people.filter((one) => one !== named) } }
}

/** By the primary's own fields: a company may be known long before its people are (its own create proves it alone). */
function isCompared({ link }: LinkSubject, input: PlanInput): boolean {
  const shadow = mainPart(link, 'zoho')?.shadow ?? {}
  return input.mapping.fields.some((rule) => rule.zoho.role === 'primary' && shadow[rule.field] !== undefined)
}

function namedByXero({ xero }: LinkSubject, input: PlanInput, context: LinkContext): PersonValue {
  const textOf = (field: string) => {
    const value = input.mapping.fields.find((rule) => rule.field === field)?.xero.read(xero, context)
    return typeof value === 'string' ? value : ''
  }
  return { firstName: textOf('firstName'), lastName: textOf('lastName'), email: textOf('email') }
}
