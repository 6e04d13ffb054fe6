// The codes of a referral in Guatemalan Spanish and in English, for people; the code is what travels.
import type * as z from 'zod'
import type { Priority, Role } from '../schemas/agreement.ts'
import type { Feedback, Milestone } from '../schemas/milestone.ts'
import type { Stage } from '../schemas/report.ts'
import type { ContentState, DeliveryState, Reason, Service } from '../schemas/referral.ts'
import type { Labels } from './labels.ts'

export const priorityLabels: Labels<z.infer<typeof Priority>> = {
  routine: { es: 'ordinaria', en: 'routine' },
  urgent: { es: 'urgente', en: 'urgent' },
  stat: { es: 'inmediata', en: 'immediate' },
}

export const serviceLabels: Labels<z.infer<typeof Service>> = {
  'vocational-profiling': { es: 'perfil vocacional', en: 'vocational profiling' },
  'enrolment-guidance': { es: 'orientación para inscribirse', en: 'enrolment guidance' },
  'group-psychosocial-support': {
    es: 'apoyo psicosocial en grupo',
    en: 'group psychosocial support',
  },
  'mobility-stipend': { es: 'estipendio de movilidad', en: 'mobility stipend' },
  'job-placement-handover': { es: 'derivación a empleo', en: 'handover to job placement' },
}

export const reasonLabels: Labels<Reason> = {
  'no-capacity': { es: 'sin cupo', en: 'no capacity' },
  waitlisted: { es: 'en lista de espera', en: 'on the waiting list' },
  'not-eligible': { es: 'no cumple los requisitos', en: 'not eligible' },
  unreachable: { es: 'no se le pudo contactar', en: 'could not be reached' },
  'declined-by-person': { es: 'la persona no quiso', en: 'the person declined' },
  'consent-withdrawn': { es: 'consentimiento retirado', en: 'consent withdrawn' },
  'consent-expired': { es: 'consentimiento vencido', en: 'consent expired' },
  duplicate: { es: 'duplicada', en: 'a duplicate' },
  'out-of-area': { es: 'fuera del área de atención', en: 'out of the area served' },
  'additional-assessment-required': {
    es: 'hace falta otra evaluación',
    en: 'needs further assessment',
  },
  redirected: { es: 'se refirió a otro servicio', en: 'redirected elsewhere' },
  'not-collected': { es: 'nadie la recogió', en: 'nobody collected it' },
  'safety-risk': { es: 'riesgo para la seguridad', en: 'risk to safety' },
  'agreement-ended': { es: 'terminó el convenio', en: 'the agreement ended' },
  'not-answered': { es: 'nadie respondió', en: 'nobody answered' },
  other: { es: 'otro motivo', en: 'another reason' },
}

export const stageLabels: Labels<Stage> = {
  referred: { es: 'referidas', en: 'referred' },
  accepted: { es: 'aceptadas', en: 'accepted' },
  profiled: { es: 'con perfil', en: 'profiled' },
  enrolled: { es: 'inscritas', en: 'enrolled' },
  completed: { es: 'con formación concluida', en: 'training completed' },
  handedOver: { es: 'derivadas a OIM', en: 'handed over to IOM' },
  placed: { es: 'colocadas', en: 'placed in work' },
  d30: { es: 'en empleo 30 días', en: 'in work for 30 days' },
  d180: { es: 'en empleo 180 días', en: 'in work for 180 days' },
  d365: { es: 'en empleo 365 días', en: 'in work for 365 days' },
}

export const milestoneLabels: Labels<Milestone> = {
  'contact-made': { es: 'primer contacto', en: 'contact made' },
  profiled: { es: 'perfil hecho', en: 'profile made' },
  'enrolment-guided': { es: 'orientación para inscribirse, dada', en: 'enrolment guidance given' },
  scheduled: { es: 'cita dada', en: 'appointment given' },
  'no-show': { es: 'no llegó a la cita', en: 'missed the appointment' },
  enrolled: { es: 'inscripción hecha', en: 'enrolled' },
  'not-enrolled-on-waitlist': {
    es: 'sin inscripción, en lista de espera',
    en: 'not enrolled, on the waiting list',
  },
  attending: { es: 'asiste a la formación', en: 'attending training' },
  'psychosocial-group': { es: 'grupo psicosocial', en: 'psychosocial group session' },
  'stipend-granted': { es: 'estipendio otorgado', en: 'stipend granted' },
  'training-completed': { es: 'formación concluida', en: 'training completed' },
  'dropped-out': { es: 'dejó la formación', en: 'left the training' },
  'handed-over-iom': { es: 'derivación a OIM', en: 'handed over to IOM' },
  placed: { es: 'con empleo', en: 'placed in a job' },
  'in-work-30-days': { es: 'sigue en el empleo a los 30 días', en: 'in work after 30 days' },
  'in-work-180-days': { es: 'sigue en el empleo a los 180 días', en: 'in work after 180 days' },
  'in-work-365-days': { es: 'sigue en el empleo a los 365 días', en: 'in work after 365 days' },
}

/** What the referrer is told of a referral, by the consent of its person. */
export const feedbackLabels: Labels<Feedback> = {
  milestones: { es: 'estados y avances', en: 'statuses and milestones' },
  'status-only': { es: 'solo estados', en: 'statuses only' },
}

export const deliveryLabels: Labels<DeliveryState> = {
  queued: { es: 'en la bandeja', en: 'in the inbox' },
  delivered: { es: 'entregada, sin acuse', en: 'delivered, not acknowledged' },
  acknowledged: { es: 'con acuse de recibo', en: 'acknowledged' },
  undelivered: { es: 'sin recoger', en: 'not collected' },
}

/** Which way a referral goes, as the asking institution sees it. */
export const directionLabels: Labels<'sent' | 'received'> = {
  sent: { es: 'enviadas', en: 'sent by you' },
  received: { es: 'recibidas', en: 'received by you' },
}

export const contentLabels: Labels<ContentState> = {
  sealed: { es: 'contenido sellado', en: 'content sealed' },
  released: { es: 'contenido abierto', en: 'content opened' },
  shredded: { es: 'contenido destruido', en: 'content destroyed' },
}

export const roleLabels: Labels<z.infer<typeof Role>> = {
  referrer: { es: 'quien refiere', en: 'referrer' },
  recipient: { es: 'quien recibe', en: 'recipient' },
  'compliance-officer': { es: 'oficial de cumplimiento', en: 'compliance officer' },
  liaison: { es: 'enlace institucional', en: 'liaison' },
  signatory: { es: 'firmante del convenio', en: 'signatory' },
}
