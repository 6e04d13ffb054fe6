// The questions of the form as GOV.UK's components.
import {
  Day,
  Field,
  type FieldOf,
  Fieldset,
  Group,
  HintAndError,
  Labelled,
  Radios,
  described,
} from '../fields.tsx'
import { language } from '../say.ts'
import { type Answers, many, one } from './answers.ts'
import { type Question, inOrder } from './question.ts'
import { hintOf, labelOf, say } from './words.ts'

type Asked = { question: Question; answers: Answers; wrong: string | undefined }

const about = ({ question, wrong }: Asked): FieldOf => ({
  id: question.id,
  label: labelOf(question),
  hint: hintOf(question),
  wrong,
})

const Box = (box: { id: string; name: string; value: string; label: string; ticked: boolean }) => (
  <div class="govuk-checkboxes__item">
    <input
      class="govuk-checkboxes__input"
      type="checkbox"
      id={box.id}
      name={box.name}
      value={box.value}
      defaultChecked={box.ticked}
    />
    <label class="govuk-label govuk-checkboxes__label" for={box.id}>
      {box.label}
    </label>
  </div>
)

/** Any number of them. The first has the question's id, so that an error leads to it. */
const Checks = (asked: Asked) => {
  const { id, choices = [] } = asked.question
  const ticked = asked.answers[id] ?? []
  return (
    <Fieldset {...about(asked)}>
      <div class="govuk-checkboxes">
        {choices.map(({ value, words }, place) => (
          <Box
            key={value}
            id={place === 0 ? id : `${id}-${value}`}
            name={id}
            value={value}
            label={words(language.get())}
            ticked={ticked.includes(value)}
          />
        ))}
      </div>
    </Fieldset>
  )
}

const Tick = ({ question, answers, wrong }: Asked) => (
  <Group wrong={wrong}>
    <HintAndError {...about({ question, answers, wrong })} />
    <div class="govuk-checkboxes">
      <Box
        id={question.id}
        name={question.id}
        value="yes"
        label={labelOf(question)}
        ticked={one(answers, question.id) === 'yes'}
      />
    </div>
  </Group>
)

const Select = (asked: Asked) => {
  const { id } = asked.question
  return (
    <Labelled {...about(asked)}>
      <select class="govuk-select" autocomplete="off" {...described(about(asked))}>
        <option value="">{say('refer.choose')}</option>
        {inOrder(asked.question, language.get()).map(({ value, words }) => (
          <option key={value} value={value} selected={one(asked.answers, id) === value}>
            {words(language.get())}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

export const birthParts = ['day', 'month', 'year'] as const

/** Day, month and year apart: some of it may not be known. */
const Birth = (asked: Asked) => {
  const { id } = asked.question
  return (
    <Fieldset {...about(asked)}>
      <div class="govuk-date-input">
        {birthParts.map((part, place) => (
          <div class="govuk-date-input__item" key={part}>
            <label class="govuk-label" for={place === 0 ? id : `${id}-${part}`}>
              {say(`refer.${part}`)}
            </label>
            <input
              class={`govuk-input govuk-input--width-${part === 'year' ? 4 : 2}`}
              id={place === 0 ? id : `${id}-${part}`}
              name={`${id}-${part}`}
              inputmode="numeric"
              autocomplete="off"
              maxlength={part === 'year' ? 4 : 2}
              defaultValue={asked.answers[id]?.[place] ?? ''}
              aria-invalid={asked.wrong === undefined ? undefined : true}
            />
          </div>
        ))}
      </div>
    </Fieldset>
  )
}

const File = (asked: Asked) => {
  const { id } = asked.question
  return (
    <Labelled {...about(asked)}>
      {many(asked.answers, id).length > 0 && <p class="govuk-body">{say('ask.file-chosen')}</p>}
      <input class="govuk-file-upload" type="file" {...described(about(asked))} />
    </Labelled>
  )
}

export const Ask = (asked: Asked) => {
  const { question, answers } = asked
  switch (question.kind) {
    case 'checks':
      return <Checks {...asked} />
    case 'tick':
      return <Tick {...asked} />
    case 'select':
      return <Select {...asked} />
    case 'birth':
      return <Birth {...asked} />
    case 'file':
      return <File {...asked} />
    case 'radios':
      return (
        <Radios
          {...about(asked)}
          chosen={one(answers, question.id)}
          choices={(question.choices ?? []).map(({ value, words, hint }) => ({
            value,
            label: words(language.get()),
            hint: hint && say(hint.key, hint.values(language.get())),
          }))}
        />
      )
    case 'day':
      return <Day {...about(asked)} defaultValue={one(answers, question.id)} />
    default:
      return (
        <Field
          {...about(asked)}
          inputmode={question.tel ? 'tel' : 'text'}
          defaultValue={one(answers, question.id)}
        />
      )
  }
}
