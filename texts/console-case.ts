// The console's sentences for whoever receives referrals, in Guatemalan Spanish and in English. No technical word.
import type { Language } from './language.ts'

export const consoleCaseTexts = {
  'inbox.waiting': { es: 'Esperan respuesta', en: 'Waiting for an answer' },
  'inbox.running': { es: 'En curso', en: 'Under way' },
  'inbox.closed': { es: 'Cerradas', en: 'Closed' },
  'inbox.news': { es: 'Novedades de 7 días', en: 'News of 7 days' },
  'inbox.views': { es: 'Qué ver', en: 'What to see' },
  'inbox.none': { es: 'No hay ninguna referencia aquí.', en: 'There is no referral here.' },
  'inbox.more': {
    es: 'Hay más de las que caben aquí. Búsquelas por folio.',
    en: 'There are more than fit here. Find them by folio.',
  },
  'inbox.folio': { es: 'Buscar por folio', en: 'Find by folio' },
  'inbox.folio-wrong': {
    es: 'Eso no es un folio. Escríbalo entero, con REF al principio',
    en: 'That is not a folio. Write all of it, with REF in front',
  },
  'inbox.folio-hint': {
    es: 'Por ejemplo, REF-7K2M-9QXB-S. El último signo es parte del folio, también si es * ~ $ o =. Sin él también se encuentra.',
    en: 'For example, REF-7K2M-9QXB-S. The last sign belongs to the folio, even if it is * ~ $ or =. It is found without it too.',
  },
  'inbox.folio-miscopied': {
    es: 'El último signo no corresponde a ese folio: algo se copió mal. Revíselo',
    en: 'The last sign does not fit that folio: something was copied wrongly. Look at it again',
  },
  'case.folio-sign': {
    es: 'El {sign} del final es parte del folio.',
    en: 'The {sign} at the end belongs to the folio.',
  },
  'inbox.find': { es: 'Buscar', en: 'Find' },
  'inbox.take': { es: 'Confirmar lo que llegó', en: 'Confirm what has arrived' },
  'inbox.take-what': {
    es: 'Quien refiere sabrá que su institución las recibió. Esto no abre ninguna.',
    en: 'The referrer will know that your institution has received them. This opens none.',
  },
  'inbox.taken': {
    es: 'Confirmado. Avisos recibidos: {count}.',
    en: 'Confirmed. Notices received: {count}.',
  },
  'inbox.overdue': { es: 'fuera de plazo', en: 'overdue' },

  'case.untitled': { es: 'Caso', en: 'Case' },
  'case.title': { es: 'Caso {folio}', en: 'Case {folio}' },
  'case.folio': { es: 'Folio', en: 'Folio' },
  'case.status': { es: 'Estado', en: 'State' },
  'case.priority': { es: 'Prioridad', en: 'Priority' },
  'case.services': { es: 'Servicios', en: 'Services' },
  'case.from': { es: 'Refiere', en: 'Referred by' },
  'case.submitted': { es: 'Enviada', en: 'Sent' },
  'case.respond-by': { es: 'Responder antes de', en: 'Answer before' },
  'case.content': { es: 'Contenido', en: 'Content' },
  'case.history': { es: 'Qué ha pasado', en: 'What has happened' },
  'case.print': {
    es: 'Imprimir la hoja, sin datos de la persona',
    en: 'Print the slip, without the person’s data',
  },
  'case.changed': {
    es: 'Otra persona de su equipo cambió este caso. Vea cómo quedó y decida de nuevo.',
    en: 'Somebody of your team has changed this case. See how it is now, and decide again.',
  },
  'case.destroyed': {
    es: 'El contenido fue destruido y nadie puede abrirlo. Vea cómo quedó el caso.',
    en: 'The content was destroyed and nobody can open it. See how the case is now.',
  },
  'case.done': { es: 'Registrado.', en: 'Recorded.' },

  'handover.title': { es: 'Derivar', en: 'Hand over' },
  'handover.what': {
    es: '{recipient} recibirá los datos que la persona autorizó para buscar un empleo seguro, con un folio y un plazo propios. Este caso sigue abierto aquí.',
    en: '{recipient} will receive the data that the person permitted to look for a safe job, with a folio and a time to answer of their own. This case stays open here.',
  },
  'handover.do': { es: 'Derivar a {recipient}', en: 'Hand over to {recipient}' },
  'handover.done': { es: 'Se derivó.', en: 'It was handed over.' },
  'handover.not-accepted': {
    es: 'Se puede derivar después de aceptar la referencia.',
    en: 'It can be handed over once the referral is accepted.',
  },
  'handover.closed': {
    es: 'El caso está cerrado: ya no se puede derivar.',
    en: 'The case is closed: it can no longer be handed over.',
  },
  'handover.not-permitted': {
    es: 'La persona no autorizó que sus datos pasen a {recipient}.',
    en: 'The person has not permitted their data to go to {recipient}.',
  },
  'handover.over': {
    es: 'La autorización de la persona ya no vale.',
    en: 'The person’s permission holds no longer.',
  },
  'handover.there': {
    es: 'Ya se derivó a {recipient}, con el folio {folio}: {status}.',
    en: 'It was handed over to {recipient}, with folio {folio}: {status}.',
  },
  'handover.shut': {
    es: 'El convenio no lo permite hoy: {state}.',
    en: 'The agreement does not allow it today: {state}.',
  },

  'open.title': { es: 'Abrir', en: 'Open' },
  'open.what': {
    es: 'Va a abrir un sobre cifrado. Antes de que vea los datos quedará registrado que usted lo abrió, cuándo y para qué. El registro no se puede borrar.',
    en: 'You are about to open a sealed envelope. Before you see the data it will be recorded that you opened it, when and for what. The record cannot be erased.',
  },
  'open.purpose': {
    es: '¿Para qué necesita ver estos datos?',
    en: 'What do you need to see these data for?',
  },
  'open.purpose-missing': {
    es: 'Elija para qué necesita ver estos datos',
    en: 'Choose what you need to see these data for',
  },
  'open.do': { es: 'Registrar y abrir', en: 'Record and open' },
  'open.unknown': {
    es: 'No hubo respuesta. Puede que haya quedado registrado que lo abrió. Si lo abre de nuevo, quedará registrado otra vez.',
    en: 'No answer came. It may have been recorded that you opened it. If you open it again, that will be recorded too.',
  },
  'open.shown': {
    es: 'Estos son los datos que la persona autorizó para esta finalidad. Se ocultarán en 5 minutos.',
    en: 'These are the data that the person permitted for this purpose. They will be hidden in 5 minutes.',
  },
  'open.opened-for': { es: 'Abierta para: {purpose}', en: 'Opened for: {purpose}' },
  'open.opened-by': {
    es: 'La abrió usted, por {who}, a las {at}. Se muestra hasta las {until}, hora de Guatemala.',
    en: 'You opened it, for {who}, at {at}. It is shown until {until}, Guatemala time.',
  },
  'open.hide': { es: 'Ocultar ahora', en: 'Hide now' },
  'open.hidden': {
    es: 'Los datos ya no están en pantalla.',
    en: 'The data are no longer on the screen.',
  },
  'open.withheld': {
    es: 'La persona no autorizó para esta finalidad: {categories}.',
    en: 'The person did not permit for this purpose: {categories}.',
  },

  'decide.title': { es: 'Responder', en: 'Answer' },
  'decide.what': { es: '¿Cómo sigue este caso?', en: 'How does this case go on?' },
  'decide.missing': { es: 'Elija cómo sigue este caso', en: 'Choose how this case goes on' },
  'decide.reason': {
    es: '¿Por qué? {institution} verá el motivo que elija.',
    en: 'Why? {institution} will see the reason that you choose.',
  },
  'decide.why-not': {
    es: '¿Por qué no puede aceptar esta referencia? {institution} verá el motivo que elija.',
    en: 'Why can you not accept this referral? {institution} will see the reason that you choose.',
  },
  'decide.reason-missing': { es: 'Elija un motivo', en: 'Choose a reason' },
  'decide.send': { es: 'Registrar', en: 'Record' },
  'to.received': { es: 'Confirmar que llegó', en: 'Confirm that it arrived' },
  'to.accepted': { es: 'Aceptar la referencia', en: 'Accept the referral' },
  'to.rejected': { es: 'No aceptar la referencia', en: 'Do not accept the referral' },
  'to.in-progress': { es: 'Empezar o seguir la atención', en: 'Begin or go on' },
  'to.on-hold': { es: 'Dejar en espera', en: 'Put on hold' },
  'to.completed': { es: 'Concluir', en: 'Complete' },
  'to.failed': { es: 'Cerrar: no se logró', en: 'Close: it did not succeed' },
  'to.cancelled': { es: 'Anular', en: 'Cancel' },
  'to.entered-in-error': { es: 'Se ingresó por error', en: 'It was entered in error' },
  'to.requested': { es: 'Enviada', en: 'Sent' },

  'milestone.title': { es: 'Avances', en: 'Progress' },
  'milestone.which': { es: '¿Qué avance registra?', en: 'Which step do you record?' },
  'milestone.which-missing': { es: 'Elija un avance', en: 'Choose a step' },
  'milestone.on': { es: '¿Qué día fue?', en: 'Which day was it?' },
  'milestone.on-missing': { es: 'Escriba qué día fue', en: 'Write which day it was' },
  'milestone.send': { es: 'Registrar avance', en: 'Record the step' },
  'milestone.void': { es: 'Anular: se registró por error', en: 'Void: recorded in error' },
  'milestone.voided': { es: 'anulado', en: 'voided' },

  'withdraw.title': { es: 'Retirar el consentimiento', en: 'Withdraw the consent' },
  'withdraw.what': {
    es: 'La persona retira su consentimiento. El contenido se destruirá de inmediato y nadie podrá recuperarlo. La persona no tiene que decir por qué.',
    en: 'The person withdraws their consent. The content will be destroyed at once and nobody will be able to recover it. The person need not say why.',
  },
  'withdraw.who': { es: '¿Quién lo pide?', en: 'Who asks for it?' },
  'withdraw.who-missing': { es: 'Elija quién lo pide', en: 'Choose who asks for it' },
  'withdraw.how': { es: '¿Cómo lo pidió?', en: 'How did they ask?' },
  'withdraw.send': { es: 'Destruir el contenido', en: 'Destroy the content' },
  'withdraw.done': {
    es: 'El contenido fue destruido. Borre también lo que su institución copió.',
    en: 'The content was destroyed. Also delete what your institution has copied.',
  },

  'deletion.title': { es: 'Borrar lo que se copió', en: 'Delete what was copied' },
  'deletion.what': {
    es: 'La persona retiró su consentimiento. Borre todo lo que {institution} copió de ella: archivos, correos, hojas impresas, otros sistemas. Después confírmelo aquí.',
    en: 'The person has withdrawn their consent. Delete all that {institution} has copied of theirs: files, mail, printed sheets, other systems. Then confirm it here.',
  },
  'deletion.signed': {
    es: 'Al confirmar, usted firma por {institution} que ya no queda ninguna copia. {referrer} lo verá. Queda registrado y no se puede deshacer.',
    en: 'By confirming you sign for {institution} that no copy is left. {referrer} will see it. It is recorded and cannot be undone.',
  },
  'deletion.tick': {
    es: 'Borramos todo lo que copiamos, o no copiamos nada',
    en: 'We have deleted all that we copied, or copied nothing',
  },
  'deletion.missing': {
    es: 'Marque la casilla cuando ya no quede ninguna copia',
    en: 'Tick the box once no copy is left',
  },
  'deletion.send': { es: 'Confirmar que se borró', en: 'Confirm the deletion' },
  'deletion.done': { es: 'Confirmado: se borró.', en: 'Confirmed: it was deleted.' },
  'deletion.confirmed': {
    es: '{institution} confirmó con su firma que borró lo que había copiado: {at}.',
    en: '{institution} has confirmed, signed, that it deleted what it had copied: {at}.',
  },
} as const

/** What a person's data are called on the page; what the codes in them are called: code-words.ts. */
export const contentWords = {
  givenNames: { es: 'Nombres', en: 'Given names' },
  familyNames: { es: 'Apellidos', en: 'Family names' },
  alias: { es: 'Nombre con que se identifica', en: 'Name they go by' },
  originalScript: { es: 'Nombre en su escritura', en: 'Name in its own script' },
  birthDate: { es: 'Fecha de nacimiento', en: 'Date of birth' },
  birthDateEstimated: { es: 'Fecha estimada', en: 'Date estimated' },
  sex: { es: 'Sexo', en: 'Sex' },
  nationalities: { es: 'Nacionalidades', en: 'Nationalities' },
  documents: { es: 'Documentos', en: 'Documents' },
  languages: { es: 'Idiomas', en: 'Languages' },
  guardian: { es: 'Persona responsable', en: 'Guardian' },
  relationship: { es: 'Parentesco', en: 'Relationship' },
  phone: { es: 'Teléfono', en: 'Telephone' },
  safeToCall: { es: '¿Es seguro llamar?', en: 'Is it safe to call?' },
  throughLiaisonOnly: {
    es: 'Contactar solo por medio de la institución que refiere',
    en: 'Reach them through the referring institution only',
  },
  safeTimes: { es: 'Horas seguras', en: 'Safe times' },
  municipality: { es: 'Municipio', en: 'Municipality' },
  status: { es: 'Situación', en: 'Status' },
  caseNumber: { es: 'Número de caso', en: 'Case number' },
  validUntil: { es: 'Vence', en: 'Valid until' },
  interestDeclared: { es: 'Dijo que le interesa', en: 'Said they are interested' },
  interests: { es: 'Intereses', en: 'Interests' },
  schooling: { es: 'Escolaridad', en: 'Schooling' },
  experience: { es: 'Experiencia', en: 'Experience' },
  availability: { es: 'Disponibilidad', en: 'Availability' },
  needs: { es: 'Necesita', en: 'Needs' },
  handling: { es: 'Cuidados', en: 'Care to take' },
  type: { es: 'Tipo', en: 'Type' },
  number: { es: 'Número', en: 'Number' },
  issuingCountry: { es: 'País que lo emitió', en: 'Issuing country' },
  expiresOn: { es: 'Vence', en: 'Expires' },
  reason: { es: 'Por qué no lo tiene', en: 'Why it is not there' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>
