// Answers of an invented person, as the form has them when all of it is answered.
import type { About, Answers } from '../../console/src/refer/answers.ts'
import type { AgreementView } from '../../schemas/notice.ts'
import { policyOf } from '../../events/policy.ts'
import { agreements } from '../../infra/declared.ts'

const [declared] = agreements()
if (!declared) throw new Error('no agreement is declared')

export const about = {
  agreement: {
    ...declared,
    version: 1,
    state: 'in-force',
    endsAt: declared.inForceUntil,
    policy: policyOf(declared),
    calendar: { id: 'GT', version: '1' },
    posts: [],
    notices: [],
    awaiting: [],
    deadlines: [],
    versions: [],
  } satisfies AgreementView,
  referrer: 'IGM',
  recipient: 'ALA',
  now: '2026-11-20T18:00:00.000Z',
} as unknown as About

const digest = (digit: string) => [digit.repeat(64)]

export const answered: Answers = {
  own: ['EXP-PRUEBA-1'],
  services: ['vocational-profiling', 'enrolment-guidance'],
  priority: ['urgent'],
  given: ['María Elena'],
  family: ['Zelaya Prueba'],
  birth: ['5', '8', '1994'],
  sex: ['F'],
  'nationality-1': ['HND'],
  'document-1-type': ['passport'],
  'document-1-number': ['PRUEBA00001'],
  'document-1-country': ['HND'],
  'document-1-more': ['no'],
  languages: ['es'],
  safe: ['yes'],
  phone: ['+502 0000-0001'],
  times: ['morning'],
  department: ['17'],
  municipality: ['1703'],
  status: ['refugee-applicant'],
  interest: ['yes'],
  interests: ['bakery'],
  schooling: ['primary'],
  needs: ['transport'],
  handling: ['same-sex-staff'],
  'notice-language': ['es'],
  'notice-read': ['yes'],
  'notice-digest': digest('a'),
  'granted-training-referral': ['yes'],
  'categories-training-referral': [
    'identity',
    'contact',
    'migrationStatus',
    'trainingProfile',
    'supportNeeds',
  ],
  'granted-protection-handling': ['yes'],
  'categories-protection-handling': ['protection'],
  'granted-psychosocial-support': ['no'],
  'granted-mobility-stipend': ['no'],
  'granted-status-feedback': ['yes'],
  'categories-status-feedback': ['trainingProfile'],
  'granted-job-placement-handover': ['no'],
  'granted-aggregate-reporting': ['no'],
  grantor: ['self'],
  method: ['signature'],
  'granted-on': ['2026-11-20'],
  'valid-until': ['2027-10-31'],
  evidence: digest('b'),
}

/** What is answered besides, or otherwise, of somebody under 18. */
export const minor: Answers = {
  birth: ['', '', '2012'],
  estimated: ['yes'],
  'guardian-given': ['Rosa'],
  'guardian-family': ['Prueba'],
  'guardian-relationship': ['mother'],
  grantor: ['guardian'],
  'grantor-relationship': ['mother'],
  assent: ['yes'],
}
