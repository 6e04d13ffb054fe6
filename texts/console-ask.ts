// What the form that refers a person asks, field by field, in Guatemalan Spanish and in English: `ask.` the question,
// `hint.` what helps to answer it.
import type { Language } from './language.ts'

export const askTexts = {
  'ask.own': {
    es: '¿Qué número tiene el expediente en su institución?',
    en: 'Which number does the file have at your institution?',
  },
  'hint.own': {
    es: 'Solo lo verá su institución. Sin nombres de personas.',
    en: 'Only your institution will see it. No names of people.',
  },
  'ask.services': { es: '¿Qué pide para la persona?', en: 'What do you ask for the person?' },
  'hint.services': {
    es: 'Más adelante se pide la autorización de la persona solo para lo que marque aquí. Sin marcarlos no se preguntan: apoyo psicosocial, estipendio y derivación a empleo.',
    en: 'Later the person’s permission is asked only for what you tick here. Unticked, these are not asked about: psychosocial support, stipend, and handover to job placement.',
  },
  'ask.priority': { es: '¿Para cuándo necesita respuesta?', en: 'When do you need an answer?' },
  'hint.priority': {
    es: 'Plazo para responder: {time}.',
    en: 'Time to answer: {time}.',
  },
  'ask.given': { es: 'Nombres', en: 'Given names' },
  'ask.family': { es: 'Apellidos', en: 'Family names' },
  'ask.alias': { es: 'Nombre con que se identifica', en: 'Name they go by' },
  'ask.script': { es: 'Nombre en su propia escritura', en: 'Name in its own script' },
  'hint.given': {
    es: 'Nombres y apellidos, como están en su documento o como los dice la persona; o solo un sobrenombre.',
    en: 'Given and family names, as in the document or as the person says them; or an alias alone.',
  },
  'ask.birth': { es: '¿Cuándo nació?', en: 'When were they born?' },
  'hint.birth': {
    es: 'Por ejemplo, 5 8 1994. Si no se sabe el día o el mes, deje el espacio vacío.',
    en: 'For example, 5 8 1994. If day or month are not known, leave them empty.',
  },
  'ask.estimated': { es: 'La fecha es aproximada', en: 'The date is an estimate' },
  'ask.sex': { es: '¿Cuál es su sexo?', en: 'What is their sex?' },
  'ask.unsaid': { es: 'No lo dijo', en: 'They did not say' },
  'ask.nationality-1': { es: 'Nacionalidad', en: 'Nationality' },
  'ask.nationality-2': { es: 'Segunda nacionalidad', en: 'Second nationality' },
  'ask.nationality-3': { es: 'Tercera nacionalidad', en: 'Third nationality' },
  'ask.nationality-4': { es: 'Cuarta nacionalidad', en: 'Fourth nationality' },
  'ask.nationality-5': { es: 'Quinta nacionalidad', en: 'Fifth nationality' },
  'ask.document': {
    es: '¿Qué documento tiene la persona?',
    en: 'Which document does the person have?',
  },
  'hint.document': {
    es: 'Puede estar vencido. Si no tiene ninguno, también se le puede referir.',
    en: 'It may have expired. Somebody without any can be referred too.',
  },
  'ask.document-number': { es: 'Número', en: 'Number' },
  'hint.document-number': {
    es: 'Como está impreso, y con el país que lo emitió. Si no lo sabe, deje vacíos los dos, o diga abajo por qué falta el número.',
    en: 'As it is printed, and with the country that issued it. If you do not know it, leave both empty, or say below why the number is missing.',
  },
  'ask.document-country': { es: 'País que lo emitió', en: 'Country that issued it' },
  'ask.document-expires': { es: 'Fecha de vencimiento', en: 'Date on which it expires' },
  'ask.document-reason': {
    es: '¿Por qué no tiene el documento o su número?',
    en: 'Why is there no document, or no number of it?',
  },
  'ask.document-more': {
    es: '¿Quiere anotar otro documento?',
    en: 'Do you want to note another document?',
  },
  'ask.languages': { es: '¿Qué idiomas habla?', en: 'Which languages do they speak?' },
  'ask.language-other': { es: 'Otro idioma', en: 'Another language' },
  'ask.guardian-given': {
    es: 'Nombres de la persona responsable',
    en: 'Given names of the guardian',
  },
  'ask.guardian-family': { es: 'Apellidos', en: 'Family names' },
  'ask.guardian-relationship': { es: 'Qué es de la persona', en: 'Relationship to the person' },
  'ask.guardian-phone': {
    es: 'Teléfono de la persona responsable',
    en: 'Telephone of the guardian',
  },
  'ask.safe': {
    es: '¿Es seguro llamar a la persona por teléfono?',
    en: 'Is it safe to call the person by telephone?',
  },
  'ask.safe-none': { es: 'No dio ningún contacto', en: 'They gave no contact' },
  'ask.phone': { es: 'Teléfono', en: 'Telephone' },
  'hint.phone': {
    es: 'Con su código de país, por ejemplo +502 0000 0001.',
    en: 'With its country code, for example +502 0000 0001.',
  },
  'hint.phone-own': {
    es: 'Con su código de país, por ejemplo +502 0000 0001. Hace falta si es seguro llamar.',
    en: 'With its country code, for example +502 0000 0001. Needed if it is safe to call.',
  },
  'ask.times': { es: '¿A qué hora?', en: 'At what time?' },
  'ask.through-liaison': {
    es: 'Contactar solo por medio de la institución que refiere',
    en: 'Reach them through the referring institution only',
  },
  'ask.department': { es: 'Departamento donde vive', en: 'Department where they live' },
  'hint.department': {
    es: 'El municipio se pregunta después. La dirección no se pregunta.',
    en: 'The municipality is asked next. The address is not asked.',
  },
  'ask.municipality': { es: 'Municipio donde vive', en: 'Municipality where they live' },
  'hint.municipality': {
    es: 'Si no se sabe, déjelo sin elegir: entonces tampoco se envía el departamento.',
    en: 'If it is not known, leave it unchosen: then the department is not sent either.',
  },
  'ask.status': { es: '¿Cuál es su situación migratoria?', en: 'What is their migration status?' },
  'ask.case-number': { es: 'Número del trámite', en: 'Number of the procedure' },
  'ask.status-until': { es: 'Vence el', en: 'Expires on' },
  'ask.interest': {
    es: '¿La persona dijo que quiere recibir formación?',
    en: 'Has the person said that they want training?',
  },
  'ask.interests': { es: '¿Qué quiere aprender?', en: 'What do they want to learn?' },
  'ask.schooling': { es: '¿Hasta dónde estudió?', en: 'How far did they study?' },
  'ask.experience': { es: '¿En qué ha trabajado?', en: 'What have they worked in?' },
  'ask.availability': { es: '¿Cuándo puede ir a clases?', en: 'When can they attend classes?' },
  'ask.needs': { es: '¿Qué apoyos necesita?', en: 'Which support do they need?' },
  'ask.handling': {
    es: '¿Qué cuidados hay que tener?',
    en: 'Which care has to be taken?',
  },
  'hint.handling': {
    es: 'Solo qué hacer. Lo que vivió la persona no se escribe en ninguna parte.',
    en: 'Only what to do. What the person went through is written nowhere.',
  },
  'ask.notice-language': {
    es: '¿En qué idioma se le leyó el aviso?',
    en: 'In which language was the notice read?',
  },
  'hint.notice-other': {
    es: 'Con el texto que su institución tiene en ese idioma.',
    en: 'With the text that your institution has in that language.',
  },
  'ask.notice-tongue': { es: 'Idioma del aviso', en: 'Language of the notice' },
  'ask.notice-file': {
    es: 'Archivo con el aviso que leyó',
    en: 'File of the notice that you read',
  },
  'hint.notice-file': {
    es: 'Se queda en este equipo. Solo se anota un número de control, para saber después cuál fue.',
    en: 'It stays on this computer. Only a check number is noted, so that one knows later which it was.',
  },
  'ask.interpreter': { es: 'Ayudó una persona intérprete', en: 'An interpreter helped' },
  'ask.notice-read': {
    es: 'Leí el aviso completo a la persona y respondí sus preguntas',
    en: 'I have read the whole notice to the person and answered their questions',
  },
  'ask.granted-training-referral': {
    es: '¿Autoriza que {recipient} vea sus datos para orientarle en la formación?',
    en: 'Do they permit {recipient} to see their data, to guide them in the training?',
  },
  'ask.granted-psychosocial-support': {
    es: '¿Autoriza que {recipient} vea sus datos para darle apoyo psicosocial en grupo?',
    en: 'Do they permit {recipient} to see their data, for group psychosocial support?',
  },
  'ask.granted-mobility-stipend': {
    es: '¿Autoriza que {recipient} vea sus datos para darle un estipendio de movilidad?',
    en: 'Do they permit {recipient} to see their data, for a mobility stipend?',
  },
  'ask.granted-protection-handling': {
    es: '¿Autoriza que {recipient} sepa qué cuidados tener?',
    en: 'Do they permit {recipient} to know which care to take?',
  },
  'ask.granted-status-feedback': {
    es: '¿Autoriza que {recipient} sepa cómo avanza en la formación?',
    en: 'Do they permit {recipient} to know how they get on in the training?',
  },
  'ask.granted-job-placement-handover': {
    es: '¿Autoriza que sus datos pasen a {recipient} para buscar un empleo seguro?',
    en: 'Do they permit their data to go to {recipient}, to look for a safe job?',
  },
  'ask.granted-aggregate-reporting': {
    es: '¿Autoriza que se le cuente en informes, sin su nombre?',
    en: 'Do they permit to be counted in reports, without their name?',
  },
  'hint.granted': {
    es: 'Se pregunta en toda referencia. Si dice que no, la formación sigue igual.',
    en: 'Asked in every referral. If they say no, the training goes on all the same.',
  },
  'hint.granted-training': {
    es: 'Se pregunta en toda referencia: sin esta autorización no se puede referir.',
    en: 'Asked in every referral: without this permission nobody can be referred.',
  },
  'hint.granted-service': {
    es: 'Se pregunta porque usted pidió: {service}. Si dice que no, la formación sigue igual.',
    en: 'Asked because you asked for: {service}. If they say no, the training goes on all the same.',
  },
  'hint.granted-care': {
    es: 'Se pregunta porque usted anotó cuidados que hay que tener. Si dice que no, la formación sigue igual.',
    en: 'Asked because you noted care that has to be taken. If they say no, the training goes on all the same.',
  },
  'ask.categories': {
    es: 'Si dice que sí, ¿qué datos autoriza para esto?',
    en: 'If they say yes, which data do they permit for this?',
  },
  'hint.categories': {
    es: 'Marque solo los que la persona autorice, uno por uno. Para esto se suelen usar: {choices}.',
    en: 'Tick only those that the person permits, one by one. Usually needed for this: {choices}.',
  },
  'ask.grantor': { es: '¿Quién autoriza?', en: 'Who gives the permission?' },
  'ask.grantor-relationship': {
    es: 'Qué es de la persona quien autoriza',
    en: 'Relationship of whoever permits to the person',
  },
  'ask.assent': {
    es: '¿La niña, el niño o adolescente está de acuerdo?',
    en: 'Does the child or adolescent agree?',
  },
  'hint.assent': {
    es: 'Pregúnteselo con palabras que entienda. Tiene derecho a decir que no.',
    en: 'Ask in words that they understand. They have the right to say no.',
  },
  'ask.method': { es: '¿Cómo quedó constancia?', en: 'How was it put on record?' },
  'ask.witnessed': { es: 'Hubo una persona testigo', en: 'There was a witness' },
  'ask.granted-on': { es: '¿Qué día autorizó?', en: 'On which day was it permitted?' },
  'ask.valid-until': { es: '¿Hasta qué día vale?', en: 'Until which day does it hold?' },
  'hint.valid-until': { es: 'A más tardar el {until}.', en: 'At the latest {until}.' },
  'ask.evidence': {
    es: 'Archivo o fotografía de la hoja firmada',
    en: 'File or photograph of the signed sheet',
  },
  'hint.evidence': {
    es: 'Se queda en este equipo: no se envía. Solo se anota un número de control, que prueba después que es la misma hoja. Guárdela en el expediente.',
    en: 'It stays on this computer: it is not sent. Only a check number is noted, which proves later that it is the same sheet. Keep it in the file.',
  },
  'ask.file-chosen': { es: 'Ya eligió un archivo.', en: 'You have chosen a file.' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
