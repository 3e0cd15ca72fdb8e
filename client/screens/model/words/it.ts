/** The words of "Model", in Italian. */
import type { ModelWords } from './words.ts';

const count = (n: number, one: string, many: string): string => `${String(n)} ${n === 1 ? one : many}`;
const andOthers = (others: number): string =>
  others > 0 ? ` Vale anche per ${count(others, 'altra classe', 'altre classi')}.` : '';

export const it: ModelWords = {
  title: 'Modello',
  asOf: (when) => `Aggiornato: ${when}.`,
  asOfOffline: (when) => `Aggiornato: ${when}; il tuo hub non è raggiungibile.`,
  neverTold: 'Il tuo hub non ha ancora detto nulla. Collegati una volta: ciò che dice resta conservato qui.',

  enoughTitle: 'Ho fatto abbastanza?',
  enoughNothing:
    'Non c’è ancora nulla da dire: la versione in uso non ha imparato nulla da te. Correggi un’immagine e inviala al tuo hub.',
  enoughUnjudged: (name, more, others) =>
    `Ancora nessuno può dirlo: nessuna immagine è stata messa da parte per verificare «${name}». Ne servono almeno ${String(more)}.${andOthers(others)}`,
  enoughUnsure: (name, { right, n, low, high, more, others }) =>
    `Non del tutto: «${name}» era giusto in ${String(right)} su ${count(n, 'immagine', 'immagini')}, cioè in una quota qualsiasi fra ${low} e ${high}. Per esserne sicuri ne servono almeno altre ${String(more)}.${andOthers(others)}`,
  enoughWeak: (name, { right, n, high, as, others }) =>
    `Non ancora: «${name}» era giusto in ${String(right)} su ${count(n, 'immagine', 'immagini')}, al massimo il ${high}.${as === null ? '' : ` Il più delle volte viene scambiato per «${as}».`} Mostragliene altre.${andOthers(others)}`,
  enoughYes: (classes, n, low) =>
    classes === 1
      ? `Sì: ciò che hai insegnato è giusto almeno nel ${low} dei casi, come mostrano ${String(n)} immagini mai usate per imparare.`
      : `Sì: ognuna delle ${String(classes)} classi che hai insegnato è giusta almeno nel ${low} dei casi, come mostrano ${String(n)} immagini mai usate per imparare.`,
  enoughHow:
    'Le immagini che giudicano si tengono da parte: dalla terza raffica di una classe in poi, circa una raffica su cinque. Correggi dunque di nuovo in un altro luogo, in un altro giorno.',

  versionsTitle: 'Versioni',
  version: (number) => `Versione ${String(number)}`,
  candidate: (number) => `Candidata alla versione ${String(number)}`,
  current: 'In uso',
  pinned: 'Fissata',
  verdict: { promoted: 'Promossa', 'in-trial': 'In prova', refused: 'Rifiutata', base: 'L’inizio' },
  verdictText: {
    promoted: 'Nessuna classe è peggiorata oltre il caso: è andata a tutti i dispositivi.',
    'in-trial':
      'Nulla è peggiorato oltre il caso: è andata a tutti i dispositivi; delle classi nuove ci sono troppo poche immagini per esserne sicuri.',
    refused: 'È peggiorata oltre il caso: nessun dispositivo l’ha mai usata.',
    base: 'Ciò con cui la stanza è cominciata: non contiene nessuna correzione.',
  },
  fall: (name, counts) => `${name} (${counts})`,
  fell: (names, more) => `In calo: ${names}${more > 0 ? ` e ${count(more, 'altra', 'altre')}` : ''}.`,
  fellByChance: (names, more) =>
    `In calo, ma non più di quanto può il caso: ${names}${more > 0 ? ` e ${count(more, 'altra', 'altre')}` : ''}.`,
  corrections: 'Correzioni imparate',
  checked: 'Giuste, prima → dopo',
  checkedValue: (before, after, n) => `${String(before)} → ${String(after)} su ${String(n)}`,
  push: 'Inviati a ogni dispositivo',
  took: 'Tempo',
  fixed: 'Tue immagini sistemate',
  broken: 'Tue immagini guastate',
  morePictures: (n) => `E altre ${String(n)}.`,
  unknownPictures: (n) =>
    `Non mostrate: ${String(n)}. Sono state eliminate, o il tuo hub non ne ha ancora parlato a questo dispositivo.`,
  hubWords: 'Con le parole dell’hub',
  use: (number) => `Metti in uso la versione ${String(number)}`,
  letGo: 'Prosegui con la più recente',
  pinnedText: (number) =>
    `La versione ${String(number)} resta finché non la lasci andare. Ciò che correggi intanto aspetta sull’hub.`,
  asking: 'Chiedo all’hub…',
  refusedWish: 'L’hub non ha più questa versione. Nulla è cambiato.',
  needsHub: 'Per cambiare la versione in uso, il tuo hub dev’essere raggiungibile.',

  trainingTitle: 'Addestramento',
  trainingNow: (step, steps) => `In corso: passo ${String(step)} di ${String(steps)}`,
  trainingOf: (version) => `Com’è stata addestrata la versione ${String(version)}`,
  trainingNone: 'L’addestramento compare qui mentre avviene.',
  trainingText:
    'Spesse: le immagini da cui impara. Sottili: alcune tenute da parte, tue e di quelle di partenza. Qui non decidono nulla; come giudicano si dice alla fine. Una linea in verticale: sono arrivate correzioni, per il prossimo addestramento.',
  heldLoss: 'Perdita, da parte',
  heldAccuracy: 'Giuste, da parte',
  cameMeanwhile: 'Arrivate intanto',
  loss: 'Perdita',
  accuracy: 'Giuste',
  step: 'Passo',
  chart: (from, to, accuracy) =>
    `La perdita è passata da ${from} a ${to}; era giusto il ${accuracy} dell’ultimo gruppo.`,
  numbers: 'Lo stesso in numeri',
  versionCurve: 'Su immagini messe da parte, versione per versione',
  versionCurveText:
    'La quota di quelle giuste, con il suo intervallo; sotto, da quante correzioni in più ha imparato ogni versione. Un cerchio vuoto è stato rifiutato. Non tutte sono giudicate dalle stesse immagini: i passi piccoli dicono poco.',
  versionChart: (from, to) => `Da ${from}, a ${to} giuste.`,
  moreCorrections: 'Correzioni in più',

  classesTitle: 'Che cosa riconosce',
  classesText:
    'Di ogni classe: quante immagini mai usate per imparare erano giuste, con l’intervallo in cui sta il vero 19 volte su 20.',
  classesNone: 'La versione in uso non è stata giudicata da un addestramento: è ciò con cui la stanza è cominciata.',
  name: 'Classe',
  learnedFrom: 'Imparate',
  right: 'Giuste',
  range: 'Intervallo',
  before: 'Prima',
  precision: 'Precisione',
  recall: 'Richiamo',
  f1: 'F1',
  of: (right, n) => `${String(right)} su ${String(n)}`,
  between: (low, high) => `da ${low} a ${high}`,
  openClass: 'Apri le sue immagini',
  yours: 'Ciò che hai insegnato',
  others: (n) => `Ciò che sapeva già: ${count(n, 'classe', 'classi')}`,

  confusionsTitle: 'Che cosa confonde',
  confusionsText:
    'Una riga è ciò che l’immagine mostrava, una colonna ciò che il modello ha detto. Un numero sottolineato apre delle immagini: di un errore, quelle scambiate; di ciò che è giusto, tutte quelle della classe.',
  confusionsNone: 'Nulla: ogni immagine che l’ha giudicata ha avuto il nome giusto.',
  openMistaken: (n, count, name, other) =>
    `${String(n)}: apri ${count === 1 ? 'l’immagine' : `le ${String(count)} immagini`} di «${name}» ${count === 1 ? 'scambiata' : 'scambiate'} per «${other}»`,
  openAll: (n, count, name) =>
    `${String(n)}: apri ${count === 1 ? 'l’unica immagine' : `tutte le ${String(count)} immagini`} di «${name}»`,
  truth: 'Mostrava',
  clean: (n) => `Mai confuse: ${count(n, 'classe', 'classi')}.`,
  elsewhere: (n) => `${count(n, 'risposta sbagliata', 'risposte sbagliate')} fra coppie più rare, non mostrate qui.`,
};
