// What is asked about the person, and about their training. Pure.
import { codeLabels } from '../../../texts/code-words.ts'
import { departments, municipalitiesOf } from '../../../texts/municipalities.ts'
import { nationalityPlaces } from './answers.ts'
import {
  type Question,
  choicesOf,
  countries,
  languagesElse,
  oftenFirst,
  oftenSpoken,
  worded,
  yesOrNo,
} from './question.ts'

const unsaid = worded('unsaid', { es: 'No lo dijo', en: 'They did not say' })

const several = (id: string, ask: Question['ask'], choices: Question['choices']): Question => ({
  id,
  kind: 'checks',
  ask,
  optional: true,
  choices: choices ?? [],
})

const namedPlace = ({ code, name }: { code: string; name: string }) =>
  worded(code, { es: name, en: name })

const contactQuestions: readonly Question[] = [
  {
    id: 'safe',
    kind: 'radios',
    ask: 'ask.safe',
    choices: [...yesOrNo, worded('none', { es: 'No dio ningún contacto', en: 'They gave none' })],
  },
  {
    id: 'phone',
    kind: 'text',
    ask: 'ask.phone',
    hint: 'hint.phone-own',
    optional: 'sometimes',
    tel: true,
  },
  {
    id: 'times',
    kind: 'checks',
    ask: 'ask.times',
    optional: true,
    choices: choicesOf(codeLabels.safeTimes),
  },
  { id: 'through-liaison', kind: 'tick', ask: 'ask.through-liaison', optional: true },
  {
    id: 'department',
    kind: 'select',
    ask: 'ask.department',
    hint: 'hint.department',
    optional: true,
    choices: departments.map(namedPlace),
  },
]

/** Those of the department that was chosen: asked on a page of its own. */
export const municipalityQuestions = (department: string): Question[] => [
  {
    id: 'municipality',
    kind: 'select',
    ask: 'ask.municipality',
    hint: 'hint.municipality',
    optional: true,
    choices: municipalitiesOf(department).map(namedPlace),
  },
]

export const personQuestions = {
  nombre: [
    { id: 'given', kind: 'text', ask: 'ask.given', hint: 'hint.given', optional: 'sometimes' },
    { id: 'family', kind: 'text', ask: 'ask.family', optional: 'sometimes' },
    { id: 'alias', kind: 'text', ask: 'ask.alias', optional: 'sometimes' },
    { id: 'script', kind: 'text', ask: 'ask.script', optional: true },
  ],
  nacimiento: [
    { id: 'birth', kind: 'birth', ask: 'ask.birth', hint: 'hint.birth', need: 'need.birth' },
    { id: 'estimated', kind: 'tick', ask: 'ask.estimated', optional: true },
  ],
  sexo: [
    { id: 'sex', kind: 'radios', ask: 'ask.sex', choices: [...choicesOf(codeLabels.sex), unsaid] },
  ],
  nacionalidad: nationalityPlaces.map(n => ({
    id: `nationality-${n}`,
    kind: 'select',
    ask: `ask.nationality-${n}`,
    choices: countries,
    keptFirst: oftenFirst,
    ...(n === 1 ? {} : { optional: true as const }),
  })),
  idiomas: [
    {
      id: 'languages',
      kind: 'checks',
      ask: 'ask.languages',
      need: 'need.one',
      choices: oftenSpoken,
    },
    {
      id: 'language-other',
      kind: 'select',
      ask: 'ask.language-other',
      optional: true,
      choices: languagesElse,
      keptFirst: 0,
    },
  ],
  encargado: [
    { id: 'guardian-given', kind: 'text', ask: 'ask.guardian-given' },
    { id: 'guardian-family', kind: 'text', ask: 'ask.guardian-family', optional: true },
    {
      id: 'guardian-relationship',
      kind: 'select',
      ask: 'ask.guardian-relationship',
      choices: choicesOf(codeLabels.relationship),
    },
    {
      id: 'guardian-phone',
      kind: 'text',
      ask: 'ask.guardian-phone',
      hint: 'hint.phone',
      optional: true,
      tel: true,
    },
  ],
  contacto: contactQuestions,
  situacion: [
    { id: 'status', kind: 'radios', ask: 'ask.status', choices: choicesOf(codeLabels.status) },
  ],
  tramite: [
    { id: 'case-number', kind: 'text', ask: 'ask.case-number', optional: true },
    { id: 'status-until', kind: 'day', ask: 'ask.status-until', optional: true },
  ],
} satisfies Record<string, readonly Question[]>

export const trainingQuestions = {
  interes: [{ id: 'interest', kind: 'radios', ask: 'ask.interest', choices: yesOrNo }],
  formacion: [several('interests', 'ask.interests', choicesOf(codeLabels.interests))],
  escolaridad: [
    {
      id: 'schooling',
      kind: 'radios',
      ask: 'ask.schooling',
      optional: true,
      choices: choicesOf(codeLabels.schooling),
    },
  ],
  experiencia: [several('experience', 'ask.experience', choicesOf(codeLabels.experience))],
  horarios: [several('availability', 'ask.availability', choicesOf(codeLabels.availability))],
  apoyos: [several('needs', 'ask.needs', choicesOf(codeLabels.needs))],
  cuidados: [
    {
      ...several('handling', 'ask.handling', choicesOf(codeLabels.handling)),
      hint: 'hint.handling',
    },
  ],
} satisfies Record<string, readonly Question[]>
