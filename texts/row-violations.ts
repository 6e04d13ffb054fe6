// Ways in which a hub's rows and queues contradict each other.
import { type Said, incident, redrive, restore, tell, withdrawAgain } from './violation-advice.ts'

export const rowViolations = {
  'clock-forgotten': {
    what: {
      es: 'el reloj ya no vuelve a mirar una referencia cuyo contenido sigue ahí',
      en: 'the clock never looks again at a referral whose content is there',
    },
    todo: tell,
  },
  'handover-orphan': {
    what: {
      es: 'una entrega a un tercero sin la referencia de la que viene',
      en: 'a handover without the referral that it comes of',
    },
    todo: restore,
  },
  'handover-lost': {
    what: {
      es: 'la referencia nombra una entrega a un tercero que no está',
      en: 'the referral names a handover that is not there',
    },
    todo: restore,
  },
  'guard-orphan': {
    what: {
      es: 'un nombre está tomado por una referencia que no lo lleva: una referencia nueva se rechazaría sin razón',
      en: 'a name is held by a referral that does not bear it: a new referral would be refused for nothing',
    },
    todo: tell,
  },
  'guard-missing': {
    what: {
      es: 'un nombre de la referencia está libre: podría haber otra igual',
      en: 'a name of the referral is free: there could be a second one',
    },
    todo: restore,
  },
  'content-of-shredded': {
    what: {
      es: 'queda contenido o llave de una referencia destruida',
      en: 'content or key of a destroyed referral is left',
    },
    todo: withdrawAgain,
  },
  'content-orphan': {
    what: {
      es: 'contenido cifrado de ninguna referencia',
      en: 'sealed content of no referral',
    },
    todo: restore,
  },
  'key-orphan': {
    what: { es: 'una llave de ninguna referencia', en: 'a key of no referral' },
    todo: restore,
  },
  'content-missing': {
    what: {
      es: 'falta el contenido cifrado de una referencia que no está destruida',
      en: 'the sealed content of a referral is missing that is not destroyed',
    },
    todo: restore,
  },
  'key-missing': {
    what: {
      es: 'falta la llave de una referencia que no está destruida: su contenido ya no se abre',
      en: 'the key of a referral is missing that is not destroyed: its content opens no more',
    },
    todo: {
      es: 'Una llave no se restaura. Si su consentimiento fue retirado, inicie el intercambio y el reloj lo termina; si no, pida a quien refirió que la envíe de nuevo.',
      en: 'A key is not restored. If its consent was withdrawn, start the hub and the clock finishes it; if not, ask the referrer to send it anew.',
    },
  },
  'content-altered': {
    what: {
      es: 'el contenido cifrado no es el que se selló',
      en: 'the sealed content is not what was sealed',
    },
    todo: incident,
  },
  'consent-missing': {
    what: { es: 'una referencia sin su consentimiento', en: 'a referral without its consent' },
    todo: restore,
  },
  'consent-orphan': {
    what: { es: 'un consentimiento de ninguna referencia', en: 'a consent of no referral' },
    todo: restore,
  },
  'ledger-gap': {
    what: {
      es: 'el registro de un consentimiento tiene un hueco',
      en: 'the ledger of a consent has a gap',
    },
    todo: restore,
  },
  'consent-unlogged': {
    what: {
      es: 'el registro de un consentimiento dice algo que la bitácora no tiene',
      en: 'the ledger of a consent says something that the log does not have',
    },
    todo: incident,
  },
  'consent-lost': {
    what: {
      es: 'la bitácora tiene un hecho que el registro del consentimiento no tiene',
      en: 'the log has a fact that the ledger of the consent does not have',
    },
    todo: restore,
  },
  'withdrawal-undone': {
    what: {
      es: 'un consentimiento retirado cuya referencia no está destruida',
      en: 'a withdrawn consent whose referral is not destroyed',
    },
    todo: withdrawAgain,
  },
  'owed-missing': {
    what: {
      es: 'un mensaje que su institución no ha confirmado ya no se le debe: no le llegará',
      en: 'a message that its institution has not acknowledged is not owed any more: it will not arrive',
    },
    todo: restore,
  },
  'owed-stray': {
    what: {
      es: 'se debe un mensaje que ya fue confirmado, que nunca se envió, o de ninguna referencia',
      en: 'a message is owed that was acknowledged, never sent, or of no referral',
    },
    todo: tell,
  },
  'owed-lost': {
    what: {
      es: 'un mensaje consta como enviado y no está en la cola',
      en: 'a message is down as sent and is in no queue',
    },
    todo: redrive,
  },
  'acknowledged-unsent': {
    what: {
      es: 'consta como confirmado un mensaje que nunca se envió, o dos veces el mismo',
      en: 'a message is acknowledged that was never sent, or one twice',
    },
    todo: tell,
  },
  'queue-stray': {
    what: {
      es: 'en la cola hay un mensaje que nadie envió',
      en: 'a queue has a message that nobody sent',
    },
    todo: restore,
  },
  'counts-differ': {
    what: {
      es: 'los conteos de la bitácora no son los de sus entradas',
      en: 'the counts of the log are not those of its entries',
    },
    todo: tell,
  },
  'progress-differs': {
    what: {
      es: 'los contadores de avance no son los de las referencias',
      en: 'the counters of progress are not those of the referrals',
    },
    todo: tell,
  },
  'person-differs': {
    what: {
      es: 'la fila de una persona (su código) no es la de sus referencias',
      en: 'the row of a person (a keyed hash) is not that of their referrals',
    },
    todo: tell,
  },
  'institution-unlisted': {
    what: {
      es: 'una institución no está en la lista, o la lista nombra una que no está',
      en: 'an institution is not on the list, or the list names one that is not there',
    },
    todo: {
      es: 'Reinicie el intercambio local, o repita hub admin enrol: completa lo que falta.',
      en: 'Start the local hub again, or repeat hub admin enrol: it completes what is missing.',
    },
  },
  'key-unlisted': {
    what: {
      es: 'una llave no está entre las de su institución, o se nombra una que no está',
      en: 'a key is not among those of its institution, or one is named that is not there',
    },
    todo: restore,
  },
  'notice-gap': {
    what: {
      es: 'los avisos de un convenio no son una serie sin huecos',
      en: 'the notices of an agreement are no series without gaps',
    },
    todo: restore,
  },
  'notice-unlogged': {
    what: {
      es: 'un aviso de un convenio y la bitácora no dicen lo mismo',
      en: 'a notice of an agreement and the log do not say the same',
    },
    todo: incident,
  },
  'agreement-differs': {
    what: {
      es: 'un convenio no es lo que sus avisos hicieron de él',
      en: 'an agreement is not what its notices have made of it',
    },
    todo: restore,
  },
  'gate-differs': {
    what: {
      es: 'la entrega de contenido bajo un convenio está abierta o cerrada contra lo que el convenio dice',
      en: 'releases under an agreement are open or shut against what the agreement says',
    },
    todo: tell,
  },
} as const satisfies Record<string, Said>
