/** What the trust page says, in every language that it speaks. */

export type TrustLanguage = 'en' | 'it';

/** A system, and what its owner does, step by step. A step may hold `<b>` around what is to be tapped. */
export type TrustSystem = {
  readonly id: 'ios' | 'android' | 'windows' | 'macos' | 'linux';
  readonly name: string;
  readonly steps: readonly string[];
};

export type TrustTexts = {
  readonly title: string;
  readonly lead: string;
  readonly why: string;
  readonly download: string;
  readonly fingerprintTitle: string;
  readonly fingerprintHelp: string;
  readonly stepsTitle: string;
  readonly systems: readonly TrustSystem[];
  readonly undoTitle: string;
  readonly undo: string;
  readonly otherLanguage: { readonly code: TrustLanguage; readonly name: string };
};

export const trustTexts: Readonly<Record<TrustLanguage, TrustTexts>> = {
  en: {
    title: 'Trust this hub',
    lead: 'A camera works only on pages that the browser trusts. Install this hub’s certificate once on this device, and the warning is gone for good.',
    why: 'The certificate was made on the computer that runs Occhio, and its private key never leaves it. Whoever took that key could pose as any website towards the devices that trust it: so install it only on devices of your own, and remove it when you no longer use Occhio.',
    download: 'Download the certificate',
    fingerprintTitle: 'Compare before you trust',
    fingerprintHelp:
      'This must be the fingerprint (SHA-256) that the computer shows after <b>npx occhio certs</b>. If it differs, stop: someone is between you and your hub.',
    stepsTitle: 'How, on your system',
    systems: [
      {
        id: 'ios',
        name: 'iPhone and iPad',
        steps: [
          'Open this page in <b>Safari</b> and download the certificate; tap <b>Allow</b>.',
          'Open <b>Settings</b>, tap <b>Profile Downloaded</b> (or <b>General › VPN &amp; Device Management</b>), choose the profile and tap <b>Install</b>.',
          'Go to <b>Settings › General › About › Certificate Trust Settings</b> and turn on the switch beside “Occhio”. Without this step the profile is installed but not trusted.',
          'Close this page, and open the hub again.',
        ],
      },
      {
        id: 'android',
        name: 'Android',
        steps: [
          'Download the certificate.',
          'Open <b>Settings › Security and privacy › More › Encryption and credentials › Install a certificate › CA certificate</b> (searching the settings for “CA certificate” finds it on every phone).',
          'Tap <b>Install anyway</b>, unlock the phone and choose <b>occhio-ca.crt</b> among the downloads.',
          'Open the hub again in Chrome. Firefox has its own switch: <b>Settings › About Firefox</b>, tap the logo seven times, then <b>Secret settings › Use third party CA certificates</b>.',
        ],
      },
      {
        id: 'windows',
        name: 'Windows',
        steps: [
          'Download the certificate and open the file; click <b>Install Certificate</b>.',
          'Choose <b>Current User</b>, then <b>Place all certificates in the following store › Browse › Trusted Root Certification Authorities</b>.',
          'Confirm with <b>Yes</b>, and start the browser anew.',
        ],
      },
      {
        id: 'macos',
        name: 'Mac',
        steps: [
          'Download the certificate and open the file: <b>Keychain Access</b> adds it to the <b>login</b> keychain.',
          'Double-click “Occhio” in the list, open <b>Trust</b>, and set <b>When using this certificate</b> to <b>Always Trust</b>.',
          'Close the window, enter your password, and load the hub again.',
        ],
      },
      {
        id: 'linux',
        name: 'Linux and Firefox',
        steps: [
          'Firefox, on any computer: <b>Settings › Privacy &amp; Security › Certificates › View Certificates › Authorities › Import</b>, choose the file and tick <b>Trust this CA to identify websites</b>.',
          'Chrome and Chromium: open <b>chrome://certificate-manager</b>, then <b>Local certificates › Custom › Trusted certificates › Import</b>.',
          'The whole system (Debian, Ubuntu): <b>sudo openssl x509 -inform der -in occhio-ca.crt -out /usr/local/share/ca-certificates/occhio-ca.crt</b>, then <b>sudo update-ca-certificates</b>.',
        ],
      },
    ],
    undoTitle: 'To take it back',
    undo: 'Remove “Occhio” in the same place where you installed it. Nothing else on the device changes.',
    otherLanguage: { code: 'it', name: 'Italiano' },
  },
  it: {
    title: 'Fidati di questo hub',
    lead: 'La fotocamera funziona solo nelle pagine di cui il browser si fida. Installa una volta il certificato di questo hub su questo dispositivo: l’avviso non tornerà più.',
    why: 'Il certificato è stato creato sul computer che esegue Occhio e la sua chiave privata non lo lascia mai. Chi la rubasse potrebbe fingersi qualunque sito davanti ai dispositivi che se ne fidano: installalo quindi solo su dispositivi tuoi, e rimuovilo quando non usi più Occhio.',
    download: 'Scarica il certificato',
    fingerprintTitle: 'Confronta prima di fidarti',
    fingerprintHelp:
      'Deve essere l’impronta (SHA-256) che il computer mostra dopo <b>npx occhio certs</b>. Se è diversa fermati: qualcuno si è messo tra te e il tuo hub.',
    stepsTitle: 'Come si fa, sul tuo sistema',
    systems: [
      {
        id: 'ios',
        name: 'iPhone e iPad',
        steps: [
          'Apri questa pagina in <b>Safari</b> e scarica il certificato; tocca <b>Consenti</b>.',
          'Apri <b>Impostazioni</b>, tocca <b>Profilo scaricato</b> (oppure <b>Generali › VPN e gestione dispositivo</b>), scegli il profilo e tocca <b>Installa</b>.',
          'Vai in <b>Impostazioni › Generali › Info › Attendibilità certificati</b> e attiva l’interruttore accanto a “Occhio”. Senza questo passo il profilo è installato ma non attendibile.',
          'Chiudi questa pagina e riapri l’hub.',
        ],
      },
      {
        id: 'android',
        name: 'Android',
        steps: [
          'Scarica il certificato.',
          'Apri <b>Impostazioni › Sicurezza e privacy › Altro › Crittografia e credenziali › Installa un certificato › Certificato CA</b> (cercando “certificato CA” nelle impostazioni si trova su ogni telefono).',
          'Tocca <b>Installa comunque</b>, sblocca il telefono e scegli <b>occhio-ca.crt</b> tra i download.',
          'Riapri l’hub in Chrome. Firefox ha un suo interruttore: <b>Impostazioni › Informazioni su Firefox</b>, tocca sette volte il logo, poi <b>Impostazioni segrete › Usa certificati CA di terze parti</b>.',
        ],
      },
      {
        id: 'windows',
        name: 'Windows',
        steps: [
          'Scarica il certificato e apri il file; fai clic su <b>Installa certificato</b>.',
          'Scegli <b>Utente corrente</b>, poi <b>Colloca tutti i certificati nel seguente archivio › Sfoglia › Autorità di certificazione radice attendibili</b>.',
          'Conferma con <b>Sì</b> e riavvia il browser.',
        ],
      },
      {
        id: 'macos',
        name: 'Mac',
        steps: [
          'Scarica il certificato e apri il file: <b>Accesso Portachiavi</b> lo aggiunge al portachiavi <b>login</b>.',
          'Fai doppio clic su “Occhio” nell’elenco, apri <b>Attendibilità</b> e imposta <b>Quando si utilizza questo certificato</b> su <b>Autorizza sempre</b>.',
          'Chiudi la finestra, inserisci la password e ricarica l’hub.',
        ],
      },
      {
        id: 'linux',
        name: 'Linux e Firefox',
        steps: [
          'Firefox, su ogni computer: <b>Impostazioni › Privacy e sicurezza › Certificati › Mostra certificati › Autorità › Importa</b>, scegli il file e spunta <b>Dai fiducia a questa CA per l’identificazione di siti web</b>.',
          'Chrome e Chromium: apri <b>chrome://certificate-manager</b>, poi <b>Certificati locali › Personalizzati › Certificati attendibili › Importa</b>.',
          'L’intero sistema (Debian, Ubuntu): <b>sudo openssl x509 -inform der -in occhio-ca.crt -out /usr/local/share/ca-certificates/occhio-ca.crt</b>, poi <b>sudo update-ca-certificates</b>.',
        ],
      },
    ],
    undoTitle: 'Per tornare indietro',
    undo: 'Rimuovi “Occhio” nello stesso punto in cui l’hai installato. Nient’altro cambia sul dispositivo.',
    otherLanguage: { code: 'en', name: 'English' },
  },
};
