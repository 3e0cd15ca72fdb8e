/** The words of "Settings". */
import { msg, str } from '@lit/localize';
import { spoken } from '../../i18n/spoken.ts';

export type SettingsWords = ReturnType<typeof settingsWords>;

export const settingsWords = spoken(() => ({
  hub: msg('Hub and room', { id: 'settings.hub' }),
  room: msg('Room', { id: 'settings.room' }),
  devices: msg('Devices', { id: 'settings.devices' }),
  pictures: msg('Pictures', { id: 'settings.pictures' }),
  pending: msg('Still to be learned', { id: 'settings.pending', desc: 'Corrections that the hub has not trained on' }),
  current: msg('Current version', { id: 'settings.current' }),
  deviceList: msg('Devices of the room', { id: 'settings.deviceList' }),
  deviceName: msg('Name of this device', { id: 'settings.deviceName' }),
  deviceListOffline: msg('Your hub keeps the list. It is shown when the hub is in reach.', {
    id: 'settings.deviceListOffline',
  }),
  thisDevice: msg('This device', { id: 'settings.thisDevice' }),
  here: msg('Connected now', { id: 'settings.here', desc: 'Of a device in the list' }),
  lastSeen: (when: string): string => msg(str`Last here ${when}`, { id: 'settings.lastSeen' }),
  hubComputer: msg('on the hub’s own computer', {
    id: 'settings.hubComputer',
    desc: 'Instead of a name: the app on the computer that is the hub',
  }),
  countPictures: (pictures: number): string =>
    pictures === 1
      ? msg('1 picture', { id: 'settings.countPictures.one' })
      : msg(str`${pictures} pictures`, { id: 'settings.countPictures.many' }),
  countLabels: (labels: number): string =>
    labels === 1
      ? msg('1 label', { id: 'settings.countLabels.one' })
      : msg(str`${labels} labels`, { id: 'settings.countLabels.many' }),
  gaveNothing: msg('No pictures or labels yet', { id: 'settings.gaveNothing' }),
  remove: msg('Remove', { id: 'settings.remove' }),
  removeName: (name: string): string => msg(str`Remove ${name}`, { id: 'settings.removeName' }),
  removeTitle: (name: string): string => msg(str`Remove “${name}”?`, { id: 'settings.removeTitle' }),
  removeLost: msg('From now on your hub does not let it in. What it has not sent stays only on that device.', {
    id: 'settings.removeLost',
  }),
  removeThen: msg('The pictures and labels that it gave stay. To come back, it needs a new code.', {
    id: 'settings.removeThen',
  }),
  removeYes: msg('Remove the device', { id: 'settings.removeYes' }),
  inviteTitle: msg('Add another device', { id: 'settings.inviteTitle' }),
  invite: msg('Show a code', { id: 'settings.invite' }),
  inviteText: msg(
    'Another phone scans a code, another computer opens its link: then it joins this room and learns with it.',
    {
      id: 'settings.inviteText',
    },
  ),
  inviteHow: msg('Scan this with the camera of the other device, or type or open the link on it.', {
    id: 'settings.inviteHow',
  }),
  inviteUntil: (time: string): string => msg(str`Good for one device, until ${time}.`, { id: 'settings.inviteUntil' }),
  inviteTrust: msg('If its browser warns that it does not know the hub, this says what to do:', {
    id: 'settings.inviteTrust',
  }),
  inviteUsed: (name: string): string => msg(str`“${name}” has joined.`, { id: 'settings.inviteUsed' }),
  inviteExpired: msg('This code has expired.', { id: 'settings.inviteExpired' }),
  inviteTooMany: msg('That was a lot of codes in a short time. Wait a minute, then ask again.', {
    id: 'settings.inviteTooMany',
  }),
  inviteNoNetwork: msg('No other device can reach this hub: it was started for its own computer only (--no-tls).', {
    id: 'settings.inviteNoNetwork',
  }),
  inviteOffline: msg('Your hub makes the code, and it is out of reach now.', { id: 'settings.inviteOffline' }),
  code: msg('QR code with the link below', { id: 'settings.code' }),
  newCode: msg('New code', { id: 'settings.newCode' }),
  copy: msg('Copy the link', { id: 'settings.copy' }),
  copied: msg('Copied', { id: 'settings.copied' }),
  otherAddresses: msg('Other addresses of the hub', { id: 'settings.otherAddresses' }),
  sharing: msg('What leaves this device', { id: 'settings.sharing' }),
  waiting: msg('Waiting to be sent', { id: 'settings.waiting', desc: 'How many pictures wait' }),
  refused: msg('Refused by the hub', { id: 'settings.refused', desc: 'How many pictures the hub refused' }),
  recognition: msg('Recognition', { id: 'settings.recognition' }),
  labels: msg('Names it uses', { id: 'settings.labels' }),
  labelSet: {
    everything: msg('All that it knows', { id: 'settings.labelSet.everything' }),
    talk: msg('The nine of the talk, and yours', { id: 'settings.labelSet.talk' }),
  },
  useAdapted: msg('Use what this device learned by itself', { id: 'settings.useAdapted' }),
  learnUncorrected: msg('Also learn from what it names and nobody corrects (stays on this device)', {
    id: 'settings.learnUncorrected',
  }),
  model: msg('Model', { id: 'settings.model' }),
  backend: msg('Runs on', {
    id: 'settings.backend',
    desc: 'The part of the device that computes: WebGPU, WebGL, WebAssembly',
  }),
  speed: msg('Speed', { id: 'settings.speed' }),
  speedOf: (ms: string, framesPerSecond: string): string =>
    msg(str`${ms} ms, ${framesPerSecond} pictures a second`, { id: 'settings.speedOf' }),
  selfTest: msg('Self-test', { id: 'settings.selfTest' }),
  selfTestPassed: msg('Passed: the same numbers as on the hub', { id: 'settings.selfTestPassed' }),
  selfTestFailed: msg('Failed:', { id: 'settings.selfTestFailed' }),
  measuredWrong: msg('wrong numbers, not used', { id: 'settings.measuredWrong' }),
  measuredAbsent: msg('not on this device', { id: 'settings.measuredAbsent' }),
  looks: msg('Language and look', { id: 'settings.looks' }),
  language: msg('Language', { id: 'settings.language' }),
  theme: msg('Theme', { id: 'settings.theme' }),
  themes: {
    system: msg('As the system', { id: 'settings.themeSystem' }),
    light: msg('Light', { id: 'settings.themeLight' }),
    dark: msg('Dark', { id: 'settings.themeDark' }),
  },
  motion: msg('Motion', { id: 'settings.motion', desc: 'How much moves on the screen' }),
  motions: {
    system: msg('As the system', { id: 'settings.motionSystem' }),
    less: msg('Less', { id: 'settings.motionLess', desc: 'Motion' }),
  },
  storage: msg('Storage on this device', { id: 'settings.storage' }),
  used: (used: string, quota: string): string => msg(str`${used} of ${quota} used`, { id: 'settings.used' }),
  storageUnknown: msg('This browser does not say how much is used.', { id: 'settings.storageUnknown' }),
  kept: msg('The browser keeps it, even when the device runs low on space.', { id: 'settings.kept' }),
  mayGo: msg('The browser may clear it when the device runs low on space.', { id: 'settings.mayGo' }),
  keep: msg('Keep it for good', { id: 'settings.keep' }),
  keepRefused: msg(
    'The browser has not agreed. It usually does once the app is installed or often used; then ask again.',
    { id: 'settings.keepRefused' },
  ),
  app: msg('App', { id: 'settings.app' }),
  version: msg('Version', { id: 'settings.version' }),
  built: (when: string): string => msg(str`built ${when}`, { id: 'settings.built' }),
  newest: msg('No newer version is waiting.', { id: 'settings.newest' }),
  erase: msg('Delete my data here', { id: 'settings.erase' }),
  eraseText: msg(
    'Removes from this device its pictures, what it has learned by itself, its models and these settings. The app itself stays. What your hub has stays there.',
    { id: 'settings.eraseText' },
  ),
  eraseHub: msg('Delete my data on the hub', { id: 'settings.eraseHub' }),
  eraseHubText: msg('Removes from your hub every picture and label that this device gave. What is here stays here.', {
    id: 'settings.eraseHubText',
  }),
  eraseHubOffline: msg('To delete, your hub has to be in reach.', { id: 'settings.eraseHubOffline' }),
  eraseHubBusy: msg('Your hub is deleting…', { id: 'settings.eraseHubBusy' }),
  eraseHubDone: (pictures: string, labels: string): string =>
    msg(str`Your hub has deleted ${pictures} and ${labels}. From now on it learns without them.`, {
      id: 'settings.eraseHubDone',
    }),
  eraseHubTitle: msg('Delete what this device gave to the hub?', { id: 'settings.eraseHubTitle' }),
  eraseHubLost: (pictures: string, labels: string): string =>
    msg(str`${pictures} and ${labels} would be deleted for good.`, { id: 'settings.eraseHubLost' }),
  eraseHubThen: msg(
    'The next version is trained without them; earlier versions keep what they learned. Nothing more is sent until you agree again.',
    { id: 'settings.eraseHubThen' },
  ),
  eraseHubYes: msg('Delete on the hub', { id: 'settings.eraseHubYes' }),
  eraseTitle: msg('Delete everything on this device?', { id: 'settings.eraseTitle' }),
  eraseUnsent: (pictures: number): string =>
    pictures === 1
      ? msg('1 picture has not been sent to your hub and would be lost.', { id: 'settings.eraseUnsent.one' })
      : msg(str`${pictures} pictures have not been sent to your hub and would be lost.`, {
          id: 'settings.eraseUnsent.many',
        }),
  eraseNothing: msg('There are no pictures on it that your hub does not have.', { id: 'settings.eraseNothing' }),
  eraseAgain: msg('Occhio then starts from the beginning, and a phone has to be paired with its hub again.', {
    id: 'settings.eraseAgain',
  }),
  eraseYes: msg('Delete everything here', { id: 'settings.eraseYes' }),
}));
