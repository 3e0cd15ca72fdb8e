/** The words of "Settings", in Italian. */
import type { SettingsWords } from './words.ts';

export const it: SettingsWords = {
  hub: 'Hub e stanza',
  room: 'Stanza',
  devices: 'Dispositivi',
  pictures: 'Foto',
  pending: 'Ancora da imparare',
  current: 'Versione attuale',
  sharing: 'Che cosa lascia il dispositivo',
  waiting: 'In attesa di invio',
  refused: 'Rifiutati dall’hub',
  recognition: 'Riconoscimento',
  useAdapted: 'Usa ciò che il dispositivo ha imparato da sé',
  model: 'Modello',
  backend: 'Gira su',
  speed: 'Velocità',
  speedOf: (ms, framesPerSecond) => `${ms} ms, ${framesPerSecond} immagini al secondo`,
  selfTest: 'Autoverifica',
  selfTestPassed: 'Superata: gli stessi numeri dell’hub',
  selfTestFailed: 'Non superata:',
  measuredWrong: 'numeri sbagliati, non usato',
  measuredAbsent: 'non su questo dispositivo',
  looks: 'Lingua e aspetto',
  language: 'Lingua',
  theme: 'Tema',
  themeSystem: 'Come il sistema',
  themeLight: 'Chiaro',
  themeDark: 'Scuro',
  storage: 'Spazio su questo dispositivo',
  used: (used, quota) => `${used} usati su ${quota}`,
  storageUnknown: 'Questo browser non dice quanto spazio è usato.',
  kept: 'Il browser lo conserva, anche quando lo spazio scarseggia.',
  mayGo: 'Il browser può cancellarlo quando lo spazio scarseggia.',
  keep: 'Conserva per sempre',
  keepRefused:
    'Il browser non ha accettato. Di solito accetta quando l’app è installata o usata spesso; allora richiedilo.',
  app: 'App',
  version: 'Versione',
  built: (when) => `costruita il ${when}`,
  newest: 'Nessuna versione più nuova in attesa.',
  erase: 'Elimina qui i miei dati',
  eraseText:
    'Toglie da questo dispositivo le sue foto, ciò che ha imparato da sé, i modelli e queste impostazioni. L’app resta. Quello che ha il tuo hub resta lì.',
  eraseTitle: 'Eliminare tutto su questo dispositivo?',
  eraseUnsent: (pictures) =>
    pictures === 1
      ? '1 foto non è ancora arrivata al tuo hub e andrebbe persa.'
      : `${String(pictures)} foto non sono ancora arrivate al tuo hub e andrebbero perse.`,
  eraseNothing: 'Non ha foto che il tuo hub non abbia già.',
  eraseAgain: 'Poi Occhio ricomincia da capo, e un telefono va abbinato di nuovo al suo hub.',
  eraseYes: 'Elimina tutto qui',
};
