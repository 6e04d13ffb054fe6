// What an institution has to do next with a referral, in plain words.
import type { Labels } from './labels.ts'

/** Each side has its own; the recipient's come first. */
export const nextSteps = {
  collect: {
    es: 'recogerla y dar acuse (hub pull, hub ack)',
    en: 'collect and acknowledge it (hub pull, hub ack)',
  },
  decide: { es: 'responder: aceptarla o no', en: 'answer: accept it or not' },
  'decide-late': {
    es: 'responder, aceptarla o no: el plazo ya pasó',
    en: 'answer, accept it or not: the time has passed',
  },
  begin: { es: 'empezar la atención', en: 'begin the work' },
  conclude: { es: 'atender y concluir', en: 'do the work and conclude' },
  resume: { es: 'retomarla o cerrarla', en: 'take it up again or close it' },
  delete: {
    es: 'eliminar lo que tenga y confirmarlo (hub confirm-deletion)',
    en: 'delete what you hold and confirm it (hub confirm-deletion)',
  },
  'await-receipt': { es: 'esperar el acuse de recibo', en: 'wait for the acknowledgement' },
  'call-uncollected': {
    es: 'llamar a la institución receptora: nadie la recogió',
    en: 'call the recipient: nobody collected it',
  },
  'await-answer': { es: 'esperar la respuesta', en: 'wait for the answer' },
  'call-late': {
    es: 'llamar a la institución receptora: el plazo ya pasó',
    en: 'call the recipient: the time has passed',
  },
  'await-progress': { es: 'esperar avances', en: 'wait for progress' },
  'tell-person': { es: 'informar a la persona', en: 'tell the person' },
  nothing: { es: 'nada', en: 'nothing' },
} as const satisfies Labels<string>

export type NextStep = keyof typeof nextSteps
