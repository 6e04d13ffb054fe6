// What the command line says about looking, leasing and opening.
import type { Language } from './labels.ts'

export const inboxTexts = {
  'pull.about': {
    es: 'toma mensajes de la bandeja de entrada, sin abrirlos (hub open abre)',
    en: 'take messages from the inbox, without opening them (hub open opens)',
  },
  'inbox.about': {
    es: 'lo que la bandeja de entrada debe a su institución',
    en: 'what the inbox owes its institution',
  },
  'redrive.about': {
    es: 'pide otra vez lo que la cola perdió o apartó; llega en orden con hub pull',
    en: 'have what the queue lost or parked sent again; hub pull brings it, in order',
  },
  'redrive.count': {
    es: 'Vuelven a llegar: {count}. Tómelos con hub pull.',
    en: 'Coming again: {count}. Take them with hub pull.',
  },
  'pull.delivery': {
    es: 'entrega {receiveCount} de {most}',
    en: 'delivery {receiveCount} of {most}',
  },
  'pull.sealed': {
    es: 'sellado; se abre con hub open {folio} --purpose FINALIDAD',
    en: 'sealed; opened with hub open {folio} --purpose PURPOSE',
  },
  'pull.shut': {
    es: 'no se abre: se anuló, o su consentimiento se retiró o venció',
    en: 'stays shut: it was cancelled, or its consent was withdrawn or has run out',
  },
  'pull.lease': {
    es: 'Nadie más los recibe al menos hasta el {when} (hora de Guatemala). Confírmelos antes con hub ack; si no, se entregan otra vez. Cada mensaje se entrega {most} veces a lo más: tomarlo cuenta como entrega, también si se devuelve (hub return). Para ver referencias sin tomarlas: hub list.',
    en: 'Nobody else gets them until at least {when} (Guatemala time). Acknowledge them before that with hub ack; if not, they are delivered again. Each message is delivered {most} times at most: taking it counts as a delivery, also if it is given back (hub return). To see referrals without taking them: hub list.',
  },
  'pull.nearly-parked': {
    es: 'Atención, {name}: entrega {receiveCount} de {most}. Sin hub ack queda una más, y después se aparta.',
    en: 'Note, {name}: delivery {receiveCount} of {most}. Without hub ack there is one more, then it is parked.',
  },
  'pull.last-delivery': {
    es: 'Atención, {name}: entrega {receiveCount} de {most}, la última. Sin hub ack se aparta y hub pull ya no la trae.',
    en: 'Note, {name}: delivery {receiveCount} of {most}, the last one. Without hub ack it is parked, and hub pull brings it no more.',
  },
  'pull.parked': {
    es: 'Sin acuse y sin llegar en esta vuelta: {count} (hub list). Si siguen así en un minuto, se entregaron {most} veces y se apartaron: avise a quien opera el intercambio; abrirlas todavía se puede (hub open).',
    en: 'Not acknowledged and not delivered this time: {count} (hub list). If so a minute from now, they were delivered {most} times and set aside: tell whoever operates the hub; they can still be opened (hub open).',
  },
  'pull.leased': {
    es: 'Ya tomadas y sin confirmar: {count}. Se entregan otra vez si nadie las confirma: la primera el {first}, la última el {last}.',
    en: 'Taken before and not acknowledged: {count}. They are delivered again if nobody acknowledges them: the first on {first}, the last on {last}.',
  },
  'pull.reveal': {
    es: 'hub pull no abre nada, y --reveal no muestra más: use hub open',
    en: 'hub pull opens nothing, and --reveal shows no more: use hub open',
  },
  'open.about': {
    es: 'abre una referencia recibida para una finalidad, la primera vez o de nuevo',
    en: 'open a received referral for one purpose, the first time or again',
  },
  'open.purpose': { es: 'para qué se abre (código)', en: 'what it is opened for (code)' },
  'open.unseen': {
    es: 'abre sin mostrar el contenido y sin preguntar antes; la apertura consta igual',
    en: 'open without showing the content and without asking first; the opening is logged all the same',
  },
  'open.nothing-shown': {
    es: 'Sin --reveal no se muestra el contenido, y la apertura queda igual en la bitácora de accesos.',
    en: 'Without --reveal the content is not shown, and the opening is an entry of the access log all the same.',
  },
  'open.question': { es: '¿Abrirla sin ver nada? [s/N] ', en: 'Open it and see nothing? [y/N] ' },
  'open.left': {
    es: 'No se abrió nada. Para ver el contenido, repita con --reveal.',
    en: 'Nothing was opened. To see the content, repeat it with --reveal.',
  },
  'usage.open-unseen': {
    es: 'sin --reveal no se vería nada y la apertura quedaría en la bitácora. No se abrió nada. Para ver el contenido, agregue --reveal; para abrir sin verlo, --unseen',
    en: 'without --reveal nothing would be seen, and the opening would be logged. Nothing was opened. Add --reveal to see the content, or --unseen to open without seeing it',
  },
  'open.hidden': {
    es: 'Contenido oculto. Para verlo: hub open {folio} --purpose {purpose} --reveal (es otra apertura, y otra entrada de la bitácora).',
    en: 'Content hidden. To see it: hub open {folio} --purpose {purpose} --reveal (one more opening, and one more entry of the access log).',
  },
  'show.leased': { es: 'tomada hasta {when}', en: 'taken until {when}' },
  'fact.content': { es: 'contenido', en: 'content' },
  'usage.purpose': {
    es: 'falta --purpose. Las hay: {purposes}',
    en: '--purpose is missing. There are: {purposes}',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
