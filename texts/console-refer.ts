// The sentences of the form that refers a person, in Guatemalan Spanish and in English: each question, its hint, and
// what to do where it was not answered. No technical word.
import type { Language } from './language.ts'

export const referTexts = {
  'refer.what': {
    es: 'Una pregunta por página. Al final revisa todo y envía. Tenga a mano la hoja de consentimiento firmada, como archivo o fotografía: se queda en este equipo, no se envía.',
    en: 'One question a page. At the end you check everything and send. Have the signed consent sheet at hand, as a file or photograph: it stays on this computer, it is not sent.',
  },
  'refer.memory': {
    es: 'Lo que escriba está solo en esta pestaña hasta que lo envíe. Si cierra con llave, recarga la página o pasan 15 minutos sin actividad, se pierde.',
    en: 'What you write is only in this tab until you send it. If you lock, reload the page or 15 minutes pass without activity, it is lost.',
  },
  'refer.lost': {
    es: 'No hay ninguna referencia empezada: lo que no se envió no se guardó. Si ya la había enviado, está en «Enviadas».',
    en: 'No referral has been begun: what was not sent was not kept. If you had sent it, it is under “Sent”.',
  },
  'refer.begin': { es: 'Empezar', en: 'Begin' },
  'refer.go-on': { es: 'Seguir con la que empezó', en: 'Go on with the one you began' },
  'refer.discard': { es: 'Descartar y empezar otra', en: 'Discard it and begin another' },
  'refer.to': { es: '¿A qué institución refiere?', en: 'Which institution do you refer to?' },
  'refer.to-one': {
    es: 'Se refiere a {recipient}, por el convenio «{title}».',
    en: 'The referral goes to {recipient}, under the agreement “{title}”.',
  },
  'refer.no-agreement': {
    es: 'Su institución no tiene hoy un convenio vigente para referir. Pregunte a su enlace institucional.',
    en: 'Your institution has no agreement in force today under which it refers. Ask your liaison.',
  },
  'refer.continue': { es: 'Continuar', en: 'Continue' },
  'refer.optional': { es: '{label} (opcional)', en: '{label} (optional)' },
  'refer.choose': { es: 'Elija…', en: 'Choose…' },
  'refer.unanswered': { es: 'sin dato', en: 'not given' },
  'refer.change': { es: 'Cambiar', en: 'Change' },
  'refer.review': { es: 'Revise antes de enviar', en: 'Check before you send' },
  'refer.review-what': {
    es: 'Al enviar, los datos se sellan en un sobre cifrado para {recipient}. Usted ya no podrá abrirlos ni cambiarlos.',
    en: 'When you send, the data are sealed in an envelope for {recipient}. You will not be able to open or change them any more.',
  },
  'refer.unsent': {
    es: 'No se enviará, porque la persona no autorizó a nadie a verlo: {categories}.',
    en: 'Will not be sent, for the person has permitted nobody to see it: {categories}.',
  },
  'refer.send': { es: 'Enviar la referencia', en: 'Send the referral' },
  'refer.sending': { es: 'Enviando…', en: 'Sending…' },
  'refer.group-person': { es: 'La persona', en: 'The person' },
  'refer.group-training': { es: 'Formación y apoyos', en: 'Training and support' },
  'refer.group-consent': { es: 'Consentimiento', en: 'Consent' },
  'refer.group-referral': { es: 'La referencia', en: 'The referral' },
  'refer.yes': { es: 'Sí', en: 'Yes' },
  'refer.no': { es: 'No', en: 'No' },
  'refer.day': { es: 'Día', en: 'Day' },
  'refer.month': { es: 'Mes', en: 'Month' },
  'refer.year': { es: 'Año', en: 'Year' },

  'step.expediente': { es: 'Número de expediente', en: 'File number' },
  'step.servicios': { es: 'Qué se pide', en: 'What is asked for' },
  'step.prioridad': { es: 'Prioridad', en: 'Priority' },
  'step.nombre': { es: 'Nombre de la persona', en: 'Name of the person' },
  'step.nacimiento': { es: 'Fecha de nacimiento', en: 'Date of birth' },
  'step.sexo': { es: 'Sexo', en: 'Sex' },
  'step.nacionalidad': { es: 'Nacionalidad', en: 'Nationality' },
  'step.documento': { es: 'Documento', en: 'Document' },
  'step.documento-datos': { es: 'Datos del documento', en: 'Details of the document' },
  'step.idiomas': { es: 'Idiomas', en: 'Languages' },
  'step.encargado': { es: 'Persona responsable', en: 'Guardian' },
  'step.contacto': { es: 'Contacto', en: 'Contact' },
  'step.situacion': { es: 'Situación migratoria', en: 'Migration status' },
  'step.tramite': { es: 'Trámite migratorio', en: 'Migration procedure' },
  'step.interes': { es: 'Interés en la formación', en: 'Interest in the training' },
  'step.formacion': { es: 'Qué quiere aprender', en: 'What they want to learn' },
  'step.escolaridad': { es: 'Escolaridad', en: 'Schooling' },
  'step.experiencia': { es: 'Experiencia', en: 'Experience' },
  'step.horarios': { es: 'Horarios', en: 'Times' },
  'step.apoyos': { es: 'Apoyos', en: 'Support' },
  'step.cuidados': { es: 'Cuidados', en: 'Care to take' },
  'step.aviso': { es: 'Aviso sobre sus datos', en: 'Notice about their data' },
  'step.aviso-archivo': { es: 'Aviso en otro idioma', en: 'Notice in another language' },
  'step.aviso-lectura': { es: 'Lea el aviso a la persona', en: 'Read the notice to the person' },
  'step.parentesco': { es: 'Parentesco', en: 'Relationship' },
  'step.finalidad': { es: 'Finalidad: {purpose}', en: 'Purpose: {purpose}' },
  'step.otorga': { es: 'Quién autoriza', en: 'Who permits it' },
  'step.asentimiento': { es: 'Asentimiento', en: 'Assent' },
  'step.metodo': { es: 'Cómo autorizó', en: 'How it was permitted' },
  'step.vigencia': { es: 'Desde y hasta cuándo', en: 'From when until when' },
  'step.hoja': { es: 'Hoja firmada', en: 'Signed sheet' },

  'need.answer': { es: 'Responda esta pregunta', en: 'Answer this question' },
  'need.own': { es: 'Escriba el número de expediente', en: 'Write the file number' },
  'need.services': { es: 'Elija al menos un servicio', en: 'Choose at least one service' },
  'need.given': {
    es: 'Escriba los nombres, o el nombre con que se identifica',
    en: 'Write the given names, or the name they go by',
  },
  'need.birth': { es: 'Escriba al menos el año', en: 'Write the year at least' },
  'need.birth-form': {
    es: 'Escriba la fecha con cifras: 5 8 1994',
    en: 'Write the date in figures: 5 8 1994',
  },
  'need.choose': { es: 'Elija una opción', en: 'Choose one' },
  'need.one': { es: 'Elija al menos una opción', en: 'Choose at least one' },
  'need.date': { es: 'Escriba la fecha', en: 'Write the date' },
  'need.read': {
    es: 'Confirme que leyó el aviso a la persona',
    en: 'Confirm that you have read the notice to the person',
  },
  'need.file': { es: 'Elija el archivo', en: 'Choose the file' },
  'need.training': {
    es: 'Sin esta autorización no se puede referir a la persona',
    en: 'Without this permission the person cannot be referred',
  },
  'need.basics': {
    es: 'Para la formación hacen falta la identidad y la situación migratoria',
    en: 'The training needs the identity and the migration status',
  },
  'need.assent': {
    es: 'Sin su asentimiento no se puede referir a una niña, niño o adolescente',
    en: 'Without their assent a child or adolescent cannot be referred',
  },
  'need.guardian': {
    es: 'Por una niña, niño o adolescente autoriza quien ejerce la tutela',
    en: 'For a child or adolescent the guardian permits',
  },
  'need.phone': {
    es: 'Escriba el teléfono con su código de país: +502 y ocho cifras',
    en: 'Write the telephone with its country code: +502 and eight digits',
  },
  'need.empty-file': { es: 'Ese archivo está vacío', en: 'That file is empty' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>

/** What is wrong with an answer, where the contract's own words are for whoever writes programs. */
export const plainFaults = {
  'wrong-type': { es: 'no se entiende, escríbalo de nuevo', en: 'not understood, write it again' },
  'unknown-member': {
    es: 'no se entiende, escríbalo de nuevo',
    en: 'not understood, write it again',
  },
  'wrong-format': { es: 'no está escrito como se espera', en: 'not written as expected' },
  'not-allowed': { es: 'esta respuesta no se admite aquí', en: 'this answer is not taken here' },
  'too-big': { es: 'es demasiado largo', en: 'too long' },
  'too-small': { es: 'es demasiado corto', en: 'too short' },
  repeated: { es: 'lo mismo está dos veces', en: 'the same is there twice' },
  'replacement-character': {
    es: 'se perdió parte del texto, escríbalo de nuevo',
    en: 'part of the text was lost, write it again',
  },
  'unassigned-character': {
    es: 'tiene un carácter que no se puede usar: quítelo',
    en: 'has a character that cannot be used: take it out',
  },
  'leave-out-and-give-reason': {
    es: 'no es un número de documento: déjelo vacío y diga por qué no lo tiene',
    en: 'is no document number: leave it empty and say why there is none',
  },
  'leave-out': { es: 'no es un número: déjelo vacío', en: 'is no number: leave it empty' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
