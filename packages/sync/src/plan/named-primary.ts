import type { LinkContext, PersonValue } from '../mapping/contract.ts'
import { mainPart } from '../model/link.ts'
import type { LinkSubject, PlanInput } from './input.ts'

/**
 * When a company first meets its contact, and nobody is ticked, the company's primary person is the one whom Xero names: the oldest of its people
 * would else be given that person's name and mailbox.
 */
export function withNamedPrimary(subject: LinkSubject, input: PlanInput, context: LinkContext): LinkSubject {
  const { persons: rules } = input.mapping
  const { primary } = subject.zoho
  if (rules === null || primary === null || subject.xero.main === null) return subject
  // Once the two were compared, the choice is stored, whoever was taken for it before.
  const isCompared = Object.keys(mainPart(subject.link, 'zoho')?.shadow ?? {}).length > 0
  if (isCompared || rules.isTicked(primary, context)) return subject
  const wanted = namedByXero(subject, input, context)
  const people = [primary, ...subject.zoho.persons]
  const named = people.find((record) => rules.isSame(record, wanted))
  if (named === undefined || named === primary) return subject
  return { ...subject, zoho: { ...subject.zoho, primary: named, persons: people.filter((one) => one !== named) } }
}

function namedByXero({ xero }: LinkSubject, input: PlanInput, context: LinkContext): PersonValue {
  const textOf = (field: string) => {
    const value = input.mapping.fields.find((rule) => rule.field === field)?.xero.read(xero, context)
    return typeof value === 'string' ? value : ''
  }
  return { firstName: textOf('firstName'), lastName: textOf('lastName'), email: textOf('email') }
}
