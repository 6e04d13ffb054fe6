// The agreement's terms in Guatemalan Spanish and in English, for people; the code is what travels.
import type { Action, Outcome } from '../schemas/access-log.ts'
import type { KeyEvent, KeyState, NoticeKind, RevocationReason } from '../schemas/agreement.ts'
import type { Certificate } from '../schemas/certificate.ts'
import type { ConsentView, DataCategory, Purpose, WithdrawalCommand } from '../schemas/consent.ts'
import type { InboxEvent } from '../schemas/inbox.ts'
import type {
  AgreementDeadline,
  AgreementState,
  NoticeState,
  TerminationCause,
} from '../schemas/notice.ts'
import type { Status } from '../schemas/referral.ts'
import type * as z from 'zod'
import type { Language } from './language.ts'

export type { Language } from './language.ts'
export type Labels<Code extends string> = Record<Code, Record<Language, string>>

export const statusLabels: Labels<Status> = {
  requested: { es: 'Enviada', en: 'Sent' },
  received: { es: 'Recibida', en: 'Received' },
  accepted: { es: 'Aceptada', en: 'Accepted' },
  'in-progress': { es: 'En proceso', en: 'In progress' },
  'on-hold': { es: 'En espera', en: 'On hold' },
  completed: { es: 'Concluida', en: 'Completed' },
  rejected: { es: 'No aceptada', en: 'Not accepted' },
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

export const actionLabels: Labels<Action> = {
  'referral.submit': { es: 'enviar referencia', en: 'submit referral' },
  'referral.read': { es: 'leer referencia', en: 'read referral' },
  'referral.list': { es: 'listar referencias', en: 'list referrals' },
  'referral.handover': { es: 'derivación', en: 'handover' },
  'referral.release': { es: 'abrir contenido', en: 'open content' },
  'referral.status': { es: 'cambiar estado', en: 'change status' },
  'referral.milestone': { es: 'registrar avance', en: 'record milestone' },
  'referral.void-milestone': { es: 'anular avance', en: 'void milestone' },
  'referral.receipt': { es: 'pedir comprobante', en: 'ask for receipt' },
  'referral.shred': { es: 'destruir contenido', en: 'shred content' },
  'referral.undelivered': { es: 'avisar no recogida', en: 'tell not collected' },
  'referral.overdue': { es: 'avisar sin respuesta', en: 'tell overdue' },
  'referral.stalled': { es: 'avisar sin avance', en: 'tell stalled' },
  'referral.agreement-ended': {
    es: 'anular al terminar el convenio',
    en: 'cancel as agreement ends',
  },
  'referral.not-answered': { es: 'anular sin respuesta', en: 'cancel unanswered' },
  'inbox.pull': { es: 'abrir bandeja', en: 'pull inbox' },
  'inbox.ack': { es: 'confirmar recibo', en: 'acknowledge' },
  'inbox.return': { es: 'devolver mensaje', en: 'return message' },
  'inbox.redrive': { es: 'pedir reenvío', en: 'redrive inbox' },
  'consent.read': { es: 'leer consentimiento', en: 'read consent' },
  'consent.withdraw': { es: 'retirar consentimiento', en: 'withdraw consent' },
  'consent.expiring': { es: 'por vencer consentimiento', en: 'consent will expire' },
  'consent.expire': { es: 'vence consentimiento', en: 'consent expires' },
  'consent.confirm-deletion': { es: 'confirmar eliminación', en: 'confirm deletion' },
  'consent.certify': { es: 'pedir constancia', en: 'ask for certificate' },
  'access-log.query': { es: 'consultar bitácora', en: 'query access log' },
  'access-log.read': { es: 'leer bitácora firmada', en: 'read signed log' },
  'access-log.cosign': { es: 'cofirmar constancia', en: 'cosign checkpoint' },
  'agreement.list': { es: 'listar convenios', en: 'list agreements' },
  'agreement.read': { es: 'leer convenio', en: 'read agreement' },
  'agreement.notice': { es: 'dar aviso del convenio', en: 'give notice' },
  'agreement.ending': { es: 'avisar fin del convenio', en: 'tell agreement ends' },
  'report.progress': { es: 'leer el avance del convenio', en: 'read the agreement’s progress' },
  'me.read': { es: 'preguntar quién soy', en: 'ask who I am' },
  'institution.list': { es: 'listar instituciones', en: 'list institutions' },
  'key.read': { es: 'leer llaves', en: 'read keys' },
  'key.enrol': { es: 'inscribir llave', en: 'enrol key' },
  'key.confirm': { es: 'confirmar llave', en: 'confirm key' },
  'hub.clock': { es: 'atrasar reloj', en: 'set clock back' },
  'hub.console': { es: 'servir otra versión de la consola', en: 'serve another console build' },
  'key.revoke': { es: 'revocar llave', en: 'revoke key' },
}

export const outcomeLabels: Labels<z.infer<typeof Outcome>> = {
  allowed: { es: 'permitido', en: 'allowed' },
  denied: { es: 'denegado', en: 'denied' },
  failed: { es: 'fallido', en: 'failed' },
}

/** What a message of the inbox tells. */
export const eventLabels: Labels<InboxEvent['type']> = {
  'referral.requested.v1': { es: 'Referencia enviada', en: 'Referral sent' },
  'referral.status-changed.v1': { es: 'Cambio de estado', en: 'Status changed' },
  'referral.milestone-recorded.v1': { es: 'Avance registrado', en: 'Milestone recorded' },
  'referral.milestone-voided.v1': { es: 'Avance anulado', en: 'Milestone voided' },
  'referral.undelivered.v1': {
    es: 'Referencia sin acuse de recibo',
    en: 'Referral not acknowledged',
  },
  'referral.overdue.v1': { es: 'Respuesta vencida', en: 'Answer overdue' },
  'referral.stalled.v1': { es: 'Sin avance', en: 'No progress' },
  'consent.withdrawn.v1': { es: 'Retiro del consentimiento', en: 'Consent withdrawn' },
  'consent.expiring.v1': { es: 'Consentimiento por vencer', en: 'Consent about to expire' },
  'consent.expired.v1': { es: 'Consentimiento vencido', en: 'Consent expired' },
  'consent.deletion-confirmed.v1': {
    es: 'Eliminación confirmada por la institución receptora',
    en: 'Deletion confirmed by the recipient',
  },
  'agreement.ending.v1': { es: 'Convenio por terminar', en: 'Agreement about to end' },
}

/** Why a request counts as undelivered. */
export const undeliveredLabels: Labels<Undelivered['data']['cause']> = {
  'not-collected': {
    es: 'nadie confirmó su recibo a tiempo',
    en: 'nobody acknowledged it in time',
  },
  parked: {
    es: 'se entregó cinco veces sin acuse de recibo',
    en: 'delivered five times, unacknowledged',
  },
}
type Undelivered = Extract<InboxEvent, { type: 'referral.undelivered.v1' }>

export const consentStateLabels: Labels<ConsentView['state']> = {
  granted: { es: 'Consentimiento vigente', en: 'Consent in force' },
  withdrawn: { es: 'Consentimiento retirado', en: 'Consent withdrawn' },
  expired: { es: 'Consentimiento vencido', en: 'Consent expired' },
}

export const consentEventLabels: Labels<ConsentView['events'][number]['event']> = {
  granted: { es: 'otorgado', en: 'granted' },
  withdrawn: { es: 'retirado', en: 'withdrawn' },
  expired: { es: 'vencido', en: 'expired' },
  'deletion-requested': { es: 'eliminación solicitada', en: 'deletion requested' },
  'deletion-confirmed': { es: 'eliminación confirmada', en: 'deletion confirmed' },
}

export const deletionLabels: Labels<ConsentView['deletion']> = {
  none: { es: 'no se ha solicitado', en: 'not requested' },
  requested: {
    es: 'solicitada a la institución receptora, sin confirmar',
    en: 'requested of the recipient, not confirmed',
  },
  confirmed: {
    es: 'confirmada por la institución receptora, con su firma',
    en: 'confirmed by the recipient, signed',
  },
}

/** Who asked for a withdrawal. */
export const capacityLabels: Labels<WithdrawalCommand['requestedBy']> = {
  self: { es: 'la propia persona', en: 'the person' },
  guardian: { es: 'quien ejerce la tutela', en: 'the guardian' },
  representative: { es: 'su representante', en: 'the representative' },
}

/** How a withdrawal was asked for, as the console has it said; the contract takes any code. */
export const withdrawalMethodLabels = {
  'in-person': { es: 'en persona', en: 'in person' },
  phone: { es: 'por teléfono', en: 'by telephone' },
  written: { es: 'por escrito', en: 'in writing' },
} as const satisfies Labels<string>

export const causeLabels: Labels<Certificate['cause']> = {
  withdrawal: { es: 'retiro del consentimiento', en: 'withdrawal of consent' },
  retention: { es: 'fin del plazo de conservación', en: 'end of the retention period' },
}

export const keyStateLabels: Labels<KeyState> = {
  proposed: { es: 'propuesta', en: 'proposed' },
  lapsed: { es: 'caducó sin confirmar', en: 'lapsed unconfirmed' },
  active: { es: 'vigente', en: 'active' },
  revoked: { es: 'revocada', en: 'revoked' },
}

export const keyEventLabels: Labels<KeyEvent['event']> = {
  enrolled: { es: 'inscrita con el despliegue', en: 'enrolled by the deployment' },
  proposed: { es: 'propuesta por', en: 'proposed by' },
  confirmed: { es: 'confirmada por', en: 'confirmed by' },
  revoked: { es: 'revocada por', en: 'revoked by' },
}

export const revocationReasonLabels: Labels<RevocationReason> = {
  unspecified: { es: 'sin motivo dado', en: 'no reason given' },
  'key-compromise': { es: 'llave comprometida', en: 'key compromised' },
  'affiliation-changed': { es: 'cambió de puesto o institución', en: 'affiliation changed' },
  superseded: { es: 'reemplazada', en: 'superseded' },
  'cessation-of-operation': { es: 'fuera de uso', en: 'no longer in use' },
  'privilege-withdrawn': { es: 'permiso retirado', en: 'privilege withdrawn' },
}

export const agreementStateLabels: Labels<AgreementState> = {
  pending: { es: 'aún no vigente', en: 'not yet in force' },
  'in-force': { es: 'vigente', en: 'in force' },
  'in-notice': { es: 'vigente, con rescisión en curso', en: 'in force, being rescinded' },
  frozen: { es: 'congelado por incumplimiento', en: 'frozen after a breach' },
  completing: { es: 'vencido, terminando lo empezado', en: 'over, finishing open work' },
  ended: { es: 'terminado', en: 'ended' },
}

export const noticeKindLabels: Labels<NoticeKind> = {
  renewal: { es: 'renovación', en: 'renewal' },
  rescission: { es: 'rescisión', en: 'rescission' },
  amendment: { es: 'adenda', en: 'amendment' },
  breach: { es: 'incumplimiento', en: 'breach' },
  lift: { es: 'levantamiento', en: 'lift of a freeze' },
  termination: { es: 'terminación', en: 'termination' },
}

export const noticeStateLabels: Labels<NoticeState> = {
  awaiting: { es: 'espera a la otra parte', en: 'awaits the other party' },
  'in-effect': { es: 'surtió efecto', en: 'took effect' },
  lapsed: { es: 'quedó sin efecto', en: 'lapsed' },
}

export const deadlineLabels: Labels<AgreementDeadline['kind']> = {
  end: { es: 'fin de la vigencia', en: 'end of its force' },
  completion: { es: 'fin del plazo para terminar lo empezado', en: 'end of time to finish' },
  evidence: { es: 'destrucción del contenido', en: 'destruction of content' },
}

export const terminationCauseLabels: Labels<TerminationCause> = {
  confidentiality: { es: 'confidencialidad (cláusula 8)', en: 'confidentiality (clause 8)' },
  records: { es: 'documentación (cláusula 9)', en: 'records (clause 9)' },
}
