// What the demo says beside the commands, in Guatemalan Spanish and in English.
import type { Language } from './language.ts'

export const demoTexts = {
  intro: {
    es: 'El IGM refiere a personas a la asociación La Alianza (ALA), para que aprendan un oficio. Entre las dos está este intercambio: lleva cada referencia cifrada, la abre solo hasta donde la persona consintió y deja constancia de cada apertura. Lo que sigue corre ahora mismo en esta máquina, con personas inventadas.',
    en: 'IGM refers people to the association La Alianza (ALA), to learn a trade. Between the two stands this hub: it carries each referral sealed, opens it only as far as the person consented, and keeps proof of every opening. What follows runs on this machine right now, with invented people.',
  },

  refer: {
    es: '1. El IGM refiere a dos personas. Cada envío va firmado y trae el consentimiento.',
    en: '1. IGM refers two people. Each submission is signed and brings the consent.',
  },
  'refer.done': {
    es: 'Enviadas, con su consentimiento.',
    en: 'Submitted, with their consent.',
  },
  deliver: {
    es: '2. La Alianza toma un mensaje de su bandeja. Tomarlo no abre nada.',
    en: '2. La Alianza takes a message from its inbox. Taking it opens nothing.',
  },
  'deliver.done': {
    es: 'Entregada; el contenido sigue cifrado.',
    en: 'Delivered; the content is still sealed.',
  },

  open: {
    es: '3. La abre para una finalidad. Antes, el intercambio lo anota en la bitácora.',
    en: '3. It opens it for a purpose. Before that, the hub notes it in the log.',
  },
  'open.done': {
    es: 'Salió lo que la persona consintió; el contacto quedó retenido.',
    en: 'What the person consented to came out; the contact was withheld.',
  },
  'prove.done': {
    es: 'El IGM tiene la prueba de esa apertura en un archivo.',
    en: 'IGM has the proof of that opening in a file.',
  },
  'proof.done': {
    es: 'La prueba vale con la sola llave de la bitácora, sin el intercambio.',
    en: 'The proof holds with nothing but the log’s key, without the hub.',
  },

  refuse: { es: '4. Lo que no se puede.', en: '4. What cannot be done.' },
  'refuse.purpose': {
    es: 'No para una finalidad que la persona no consintió.',
    en: 'Not for a purpose that the person did not consent to.',
  },
  'refuse.stranger': {
    es: 'No otra institución, ajena al convenio.',
    en: 'Not another institution, outside the agreement.',
  },
  'refuse.consent': {
    es: 'No sin consentimiento para la formación.',
    en: 'Not without consent for the training.',
  },
  'refuse.changed': {
    es: '{code}: no un envío que alguien cambió después de firmado.',
    en: '{code}: not a submission that somebody changed after it was signed.',
  },
  'refuse.again': {
    es: '{code}: no una solicitud que alguien grabó y repite.',
    en: '{code}: not a request that somebody recorded and repeats.',
  },

  withdraw: {
    es: '5. La persona se retira. En ese mismo paso se destruye la llave de su referencia.',
    en: '5. The person withdraws. In that very step the key of the referral is destroyed.',
  },
  'withdraw.done': { es: 'Retirado.', en: 'Withdrawn.' },
  'withdraw.shut': {
    es: 'Ya nadie puede abrir el contenido.',
    en: 'Nobody can open the content any more.',
  },
  'withdraw.confirmed': {
    es: 'La Alianza confirma, con su firma, que eliminó lo que tenía.',
    en: 'La Alianza confirms, signed, that it deleted what it held.',
  },
  certify: {
    es: '6. Cualquiera de las dos instituciones puede pedir la constancia.',
    en: '6. Either institution can ask for the certificate.',
  },
  'certify.done': {
    es: 'Dice qué se destruyó y qué permanece; de la persona, nada.',
    en: 'It says what was destroyed and what remains; of the person, nothing.',
  },

  verify: {
    es: '7. Quien vela por el cumplimiento se lleva la bitácora y la verifica sin conexión.',
    en: '7. The compliance officer takes the log along and verifies it offline.',
  },
  'verify.taken': { es: 'Exportada.', en: 'Exported.' },
  'verify.holds': {
    es: 'Cada entrada y cada solicitud firmada son las que fueron.',
    en: 'Every entry and every signed request are what they were.',
  },
  tamper: {
    es: '8. Alguien cambia una palabra de la bitácora: lo denegado queda como falla.',
    en: '8. Somebody changes one word of the log: what was denied becomes a failure.',
  },
  'tamper.found': { es: 'Se nota, y se sabe en qué entrada.', en: 'It shows, and in which entry.' },

  steal: { es: '9. Alguien se lleva el disco.', en: '9. Somebody takes the disk.' },
  'steal.nothing': {
    es: 'En sus {files} archivos no hay un nombre, un teléfono ni un documento en claro; tampoco en lo que se imprimió aquí.',
    en: 'In its {files} files there is no name, phone or document in clear; nor in what was printed here.',
  },

  month: {
    es: 'Ahora, un mes en cámara rápida: el intercambio se detiene y arranca días después.',
    en: 'Now a month in fast motion: the hub stops, and starts again days later.',
  },
  amend: {
    es: '10. Las dos instituciones acuerdan que lo que nadie responde se anule a los 20 días y no a los 60: una adenda, firmada por ambas.',
    en: '10. What nobody answers is to be cancelled after 20 days and not after 60: an amendment, signed by both institutions.',
  },
  'amend.first': {
    es: 'Una parte lo dijo. Aún no rige.',
    en: 'One party has stated it. It is not in force yet.',
  },
  'amend.both': {
    es: 'La otra firmó lo mismo, con la misma huella: ya rige.',
    en: 'The other signed the same, with the same digest: it is in force.',
  },
  'amend.version': {
    es: 'Es la versión 2 del convenio. Lo enviado antes sigue bajo la primera.',
    en: 'It is version 2 of the agreement. What was sent before stays under the first.',
  },

  dozen: {
    es: '11. El IGM refiere a doce personas más; La Alianza las acepta.',
    en: '11. IGM refers twelve more people; La Alianza accepts them.',
  },
  'dozen.sent': { es: 'Enviadas.', en: 'Submitted.' },
  'dozen.accepted': {
    es: 'Aceptadas, con la que quedaba del inicio: {count}.',
    en: 'Accepted, with the one left from the beginning: {count}.',
  },

  silence: {
    es: '12. Una persona más, {folio}: nadie recoge su referencia. Pasan 15 días.',
    en: '12. One person more, {folio}: nobody collects the referral. 15 days pass.',
  },
  'silence.told': {
    es: 'Al IGM se le avisó que nadie la recogió, y que venció el plazo.',
    en: 'IGM was told that nobody collected it, and that its time was over.',
  },
  'silence.ended': {
    es: 'A los 20 días se anuló y el IGM lo sabe: puede referirla a otra parte.',
    en: 'After 20 days it was cancelled, and IGM knows: it can refer the person elsewhere.',
  },

  onward: {
    es: '13. Quien ya aprendió pasa a OIM, que busca empleo: lo permite su consentimiento.',
    en: '13. Who has learnt goes on to OIM, which finds work: their consent permits it.',
  },
  'onward.done': {
    es: 'Una referencia propia, bajo el mismo consentimiento.',
    en: 'A referral of its own, under the same consent.',
  },
  'onward.opened': {
    es: 'OIM la abre para la colocación, y para nada más.',
    en: 'OIM opens it for the placement, and for nothing else.',
  },
  'onward.unseen': {
    es: 'El IGM no ve esa referencia, que no envió.',
    en: 'IGM does not see that referral, which it did not send.',
  },
  'onward.told': {
    es: 'Sí ve en la suya que la persona pasó a OIM: ella consintió que se le cuente.',
    en: 'It does see, in its own, that the person went on to OIM: they consented to that.',
  },

  count: {
    es: '14. Al mes: cuántas personas, y hasta dónde han llegado. Ninguna cifra menor de cinco.',
    en: '14. After a month: how many people, and how far they have come. No number under five.',
  },
  'count.done': {
    es: 'Cada persona cuenta una vez. La meta del convenio son 250.',
    en: 'Each person counts once. The agreement’s target is 250.',
  },

  'end.good': {
    es: 'Todo se cumplió, y no queda nada en el disco. Para seguir: «npm start» en una terminal y «npm run hub -- --help» en otra.',
    en: 'Everything held, and nothing is left on the disk. To go on: "npm start" in one terminal and "npm run hub -- --help" in another.',
  },
  'end.bad': {
    es: 'Cosas que no se cumplieron (✗): {failures}.',
    en: 'Things that did not hold (✗): {failures}.',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
