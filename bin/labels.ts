// The agreement's terms in Guatemalan Spanish and in English, for people; the code is what travels.
import type { Action, Outcome } from '../schemas/access-log.ts'
import type { DataCategory, Purpose } from '../schemas/consent.ts'
import type { Status } from '../schemas/referral.ts'
import type * as z from 'zod'

export type Language = 'es' | 'en'
type Labels<Code extends string> = Record<Code, Record<Language, string>>

export const statusLabels: Labels<Status> = {
  requested: { es: 'Enviada', en: 'Requested' },
  received: { es: 'Recibida', en: 'Received' },
  accepted: { es: 'Aceptada', en: 'Accepted' },
  'in-progress': { es: 'En proceso', en: 'In progress' },
  'on-hold': { es: 'En espera', en: 'On hold' },
  completed: { es: 'Concluida', en: 'Completed' },
  rejected: { es: 'Rechazada', en: 'Rejected' },
  failed: { es: 'No lograda', en: 'Failed' },
  cancelled: { es: 'Anulada', en: 'Cancelled' },
  'entered-in-error': { es: 'Ingresada por error', en: 'Entered in error' },
}

export const categoryLabels: Labels<DataCategory | 'all'> = {
  identity: { es: 'identidad', en: 'identity' },
  contact: { es: 'contacto', en: 'contact' },
  migrationStatus: { es: 'situación migratoria', en: 'migration status' },
  trainingProfile: { es: 'perfil de formación', en: 'training profile' },
  supportNeeds: { es: 'necesidades de apoyo', en: 'support needs' },
  protection: { es: 'medidas de protección', en: 'protection measures' },
  all: { es: 'todo', en: 'everything' },
}

export const purposeLabels: Labels<Purpose> = {
  'training-referral': { es: 'referencia a formación', en: 'training referral' },
  'psychosocial-support': { es: 'apoyo psicosocial', en: 'psychosocial support' },
  'mobility-stipend': { es: 'estipendio de movilidad', en: 'mobility stipend' },
  'protection-handling': { es: 'manejo de protección', en: 'protection handling' },
  'status-feedback': { es: 'contrarreferencia', en: 'status feedback' },
  'job-placement-handover': { es: 'derivación a OIM', en: 'handover to IOM' },
  'aggregate-reporting': { es: 'informes agregados', en: 'aggregate reporting' },
}

export const actionLabels: Partial<Labels<Action>> = {
  'referral.submit': { es: 'enviar referencia', en: 'submit referral' },
  'referral.read': { es: 'leer referencia', en: 'read referral' },
  'referral.list': { es: 'listar referencias', en: 'list referrals' },
  'referral.release': { es: 'abrir contenido', en: 'open content' },
  'referral.status': { es: 'cambiar estado', en: 'change status' },
  'inbox.pull': { es: 'abrir bandeja', en: 'pull inbox' },
  'inbox.ack': { es: 'confirmar recibo', en: 'acknowledge' },
  'inbox.return': { es: 'devolver mensaje', en: 'return message' },
  'access-log.query': { es: 'consultar bitácora', en: 'query access log' },
}

export const outcomeLabels: Labels<z.infer<typeof Outcome>> = {
  allowed: { es: 'permitido', en: 'allowed' },
  denied: { es: 'denegado', en: 'denied' },
  failed: { es: 'fallido', en: 'failed' },
}
