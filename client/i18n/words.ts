/** All words that no single screen owns. */
import { msg, str } from '@lit/localize';
import { spoken } from './spoken.ts';

const andMore = (names: string, more: number): string => {
  if (more === 0) return names;
  return more === 1
    ? msg(str`${names} and 1 other`, { id: 'app.andMore.one', desc: 'Names of classes, and how many more' })
    : msg(str`${names} and ${more} others`, { id: 'app.andMore.many', desc: 'Names of classes, and how many more' });
};

export const appWords = spoken(() => ({
  appName: msg('Occhio', { id: 'app.appName' }),
  tagline: msg('A camera that learns from you.', { id: 'app.tagline' }),
  pointAtSomething: msg('Point at something', { id: 'app.pointAtSomething' }),
  startCamera: msg('Start the camera', { id: 'app.startCamera' }),
  choosePicture: msg('Choose a picture', { id: 'app.choosePicture' }),
  showDemo: msg('See it without a camera', { id: 'app.showDemo' }),
  loadingModel: msg('Loading the model…', { id: 'app.loadingModel' }),
  noModelYet: msg('No model yet. Connect to your hub once; after that Occhio works offline.', { id: 'app.noModelYet' }),
  modelRejected: msg('This device cannot use the model:', { id: 'app.modelRejected' }),
  cameraDenied: msg('The camera is not allowed. Allow it in the browser’s site settings, then start it again.', {
    id: 'app.cameraDenied',
  }),
  cameraNone: msg('No camera found. Choose a picture, or see the demo.', { id: 'app.cameraNone' }),
  cameraBusy: msg('Another program is using the camera. Close it, then start the camera again.', {
    id: 'app.cameraBusy',
  }),
  cameraInsecure: msg(
    'The camera needs a secure page: open this address with https or, on the hub’s own computer, as localhost.',
    {
      id: 'app.cameraInsecure',
    },
  ),
  cameraUnplugged: msg('The camera is gone. Plug it in, then start it again.', { id: 'app.cameraUnplugged' }),
  cameraUnreadable: msg('This picture could not be read. Try another one.', { id: 'app.cameraUnreadable' }),
  unknown: msg('I don’t know it', { id: 'app.unknown' }),
  perhaps: (name: string): string =>
    msg(str`Perhaps ${name}`, { id: 'app.perhaps', desc: 'What the camera says of something of which it is not sure' }),
  looking: msg('Looking…', { id: 'app.looking' }),
  correct: msg('Correct', { id: 'app.correct', desc: 'Button: say what it really is' }),
  whatIsIt: msg('What is it?', { id: 'app.whatIsIt' }),
  search: msg('Search or type a new name', { id: 'app.search' }),
  newClass: (name: string): string => msg(str`New: “${name}”`, { id: 'app.newClass' }),
  noneOfThese: msg('None of these', {
    id: 'app.noneOfThese',
    desc: 'An answer, also shown as a name: it is nothing that has a name here',
  }),
  burst: msg('Burst of 8', { id: 'app.burst', desc: 'Take eight frames instead of one' }),
  burstHint: msg('Or hold a name.', { id: 'app.burstHint' }),
  burstProgress: (kept: number, wanted: number): string =>
    msg(str`${kept} of ${wanted} kept`, { id: 'app.burstProgress' }),
  burstDropped: (why: string): string => msg(str`Not kept: ${why}`, { id: 'app.burstDropped' }),
  burstAlike: (count: number): string => msg(str`${count} alike`, { id: 'app.burstDropped.alike' }),
  burstBlurred: (count: number): string => msg(str`${count} blurred`, { id: 'app.burstDropped.blurred' }),
  burstDark: (count: number): string => msg(str`${count} too dark`, { id: 'app.burstDropped.dark' }),
  moveALittle: msg('Move a little around it', { id: 'app.moveALittle' }),
  learnedHere: (name: string, count: number): string =>
    count > 1
      ? msg(str`Learned here: ${name} (${count} pictures)`, { id: 'app.learnedHere.many' })
      : msg(str`Learned here: ${name}`, { id: 'app.learnedHere.one' }),
  looksLike: (name: string): string => msg(str`To me it looks like ${name}.`, { id: 'app.looksLike' }),
  look: msg('Look', { id: 'app.look', desc: 'Link to the question that a correction raised' }),
  undone: (name: string): string => msg(str`Taken back: ${name}`, { id: 'app.undone' }),
  undo: msg('Undo', { id: 'app.undo' }),
  undoEarlier: msg('Undo the one before', {
    id: 'app.undoEarlier',
    desc: 'Button: after a correction was taken back, take back the correction before it, too',
  }),
  close: msg('Close', { id: 'app.close' }),
  cancel: msg('Cancel', { id: 'app.cancel' }),
  storageFull: msg('This device is full: the picture was not kept. Make room, then try again.', {
    id: 'app.storageFull',
  }),
  notKept: msg('That did not work; nothing was changed. Please try again.', { id: 'app.notKept' }),
  failedHere: (version: number, stays: number): string =>
    msg(str`A new version (v${version}) came, but it did not pass the test on this device: v${stays} stays.`, {
      id: 'app.failedHere',
    }),
  progressKeptHere: (count: number): string =>
    count === 1
      ? msg('1 kept here', { id: 'app.progressKeptHere.one' })
      : msg(str`${count} kept here`, { id: 'app.progressKeptHere.many' }),
  progressQueued: (count: number): string => msg(str`${count} queued`, { id: 'app.progressQueued' }),
  progressSending: (count: number): string => msg(str`Sending ${count}`, { id: 'app.progressSending' }),
  progressSent: msg('Sent', { id: 'app.progressSent' }),
  progressTraining: (percent: string): string => msg(str`Training ${percent}`, { id: 'app.progressTraining' }),
  progressChecking: msg('Checking', { id: 'app.progressChecking' }),
  progressFailed: msg('Training failed', { id: 'app.progressFailed' }),
  progressRefused: (version: number): string => msg(str`v${version} refused`, { id: 'app.progressRefused' }),
  progressLive: (version: number): string => msg(str`Live v${version}`, { id: 'app.progressLive' }),
  progressNoModel: msg('No model', { id: 'app.progressNoModel' }),
  reportTitle: (version: number): string => msg(str`Version ${version}`, { id: 'app.reportTitle' }),
  reportNewClasses: (count: number, names: string): string =>
    count === 1
      ? msg(str`+1 class: ${names}`, { id: 'app.reportNewClasses.one' })
      : msg(str`+${count} classes: ${names}`, { id: 'app.reportNewClasses.many' }),
  reportFixed: (count: number): string =>
    count === 1
      ? msg('1 fixed', {
          id: 'app.reportFixed.one',
          desc: 'Pictures that the new version gets right and the one before did not',
        })
      : msg(str`${count} fixed`, {
          id: 'app.reportFixed.many',
          desc: 'Pictures that the new version gets right and the one before did not',
        }),
  reportWorse: (count: number): string =>
    count === 1
      ? msg('1 worse', {
          id: 'app.reportWorse.one',
          desc: 'Pictures that the new version gets wrong and the one before did not',
        })
      : msg(str`${count} worse`, {
          id: 'app.reportWorse.many',
          desc: 'Pictures that the new version gets wrong and the one before did not',
        }),
  reportInTrial: msg('In trial: too few pictures yet to be sure of the new classes.', { id: 'app.reportInTrial' }),
  verdictText: {
    promoted: msg('No class got worse beyond chance, so it went to all devices.', { id: 'app.verdictText.promoted' }),
    'in-trial': msg(
      'Nothing got worse beyond chance, so it went to all devices; there are still too few pictures of the new classes to be sure.',
      { id: 'app.verdictText.in-trial' },
    ),
    refused: msg('It got worse beyond chance, so no device ever ran it.', { id: 'app.verdictText.refused' }),
  },
  fall: (name: string, before: number, after: number, n: number): string =>
    msg(str`${name} (${before} → ${after} of ${n})`, {
      id: 'app.fall',
      desc: 'A class, and how many were right before and after',
    }),
  fell: (names: string, more: number): string => msg(str`Fell: ${andMore(names, more)}.`, { id: 'app.fell' }),
  fellByChance: (names: string, more: number): string =>
    msg(str`Fell, but no more than chance may do: ${andMore(names, more)}.`, { id: 'app.fellByChance' }),
  reportWhy: msg('How it was checked', { id: 'app.reportWhy' }),
  reportRefused: msg('Refused: the live version stays.', { id: 'app.reportRefused' }),
  consentTitle: msg('Send to your hub?', { id: 'app.consentTitle' }),
  consentBody: msg(
    'So far everything has stayed on this device. If you agree, the square pictures that you correct, what you say about them, and now and then a picture that the camera is unsure of go to your own hub and to nobody else. It trains there, and all your devices get better.',
    { id: 'app.consentBody' },
  ),
  consentYes: msg('Send to my hub', { id: 'app.consentYes' }),
  consentNo: msg('Keep it here', { id: 'app.consentNo' }),
  skip: msg('Skip', { id: 'app.skip' }),
  linkStopped: msg('Hub: not connected', { id: 'app.linkStopped' }),
  linkConnecting: msg('Hub: connecting', { id: 'app.linkConnecting' }),
  linkOpen: (hub: string): string => msg(str`Hub: ${hub}`, { id: 'app.linkOpen' }),
  linkWaiting: msg('Hub: offline, trying again', { id: 'app.linkWaiting' }),
  linkVersion: msg('The app and the hub do not understand each other: reload to update the app, or update the hub.', {
    id: 'app.linkVersion',
  }),
  linkNotPaired: msg(
    'This device is not paired with the hub. On a phone, scan the QR code that the hub shows, or a paired device under Settings. On a computer, open the link that stands below the code.',
    { id: 'app.linkNotPaired' },
  ),
  linkRemoved: msg(
    'This device was removed from the room. To come back, scan the QR code that the hub or another device shows, or open the link that stands below it. What is here stays here.',
    { id: 'app.linkRemoved', desc: 'Room: the devices that share a hub' },
  ),
  linkHubTooOld: msg('The hub is older than this app: update the hub.', { id: 'app.linkHubTooOld' }),
  trainsOn: (backend: string): string => msg(str`Trains on ${backend}`, { id: 'app.trainsOn' }),
  screens: msg('Screens', { id: 'app.screens' }),
  screenMissing: msg(
    'This page is not on your device yet, and your hub cannot be reached. Check that the hub is on and that you are in its network.',
    { id: 'app.screenMissing', desc: 'In the place of a screen that could not be fetched' },
  ),
  tryAgain: msg('Try again', { id: 'app.tryAgain' }),
  camera: msg('Camera', { id: 'app.camera' }),
  questions: msg('Questions', { id: 'app.questions' }),
  pictures: msg('Pictures', { id: 'app.pictures' }),
  model: msg('Model', { id: 'app.model' }),
  inside: msg('Inside', { id: 'app.inside', desc: 'The screen that shows how the network works' }),
  settings: msg('Settings', { id: 'app.settings' }),
  sendToHub: msg('Send corrections and hard pictures to my hub', { id: 'app.sendToHub' }),
  asking: msg('How often it asks', {
    id: 'app.asking',
    desc: 'How often the camera may ask about a picture',
  }),
  askingLevels: {
    never: msg('Never', { id: 'app.asking.never' }),
    seldom: msg('Seldom', { id: 'app.asking.seldom' }),
    normal: msg('Normal', { id: 'app.asking.normal' }),
    often: msg('Often', { id: 'app.asking.often' }),
  },
  askingNone: msg('It asks about no pictures, and keeps none to ask about.', { id: 'app.askingNone' }),
  askingAtMost: (minute: number, hour: number, day: number): string =>
    msg(str`Questions: at most ${minute} a minute, ${hour} an hour, ${day} a day.`, {
      id: 'app.askingAtMost',
    }),
  otherPicture: msg('Other picture source', { id: 'app.otherPicture' }),
  flip: msg('Other camera', { id: 'app.flip' }),
  torch: msg('Light', { id: 'app.torch', desc: 'The lamp beside the camera' }),
  zoom: msg('Nearer', { id: 'app.zoom' }),
  mirror: msg('Mirror', { id: 'app.mirror' }),
  explain: msg('Why: what speaks for it', { id: 'app.explain' }),
  whichCamera: msg('Which camera', { id: 'app.whichCamera' }),
  see: msg('See', { id: 'app.see', desc: 'Link to what a version changed' }),
  backTo: (version: number): string => msg(str`Back to v${version}`, { id: 'app.backTo' }),
  installTitle: msg('Keep Occhio at hand', { id: 'app.installTitle' }),
  installText: msg('Installed, it starts from your home screen, fills the screen, and works without a network.', {
    id: 'app.installText',
  }),
  installByHand: msg('Tap Share below, then “Add to Home Screen”.', { id: 'app.installByHand' }),
  install: msg('Install', { id: 'app.install' }),
  notNow: msg('Not now', { id: 'app.notNow' }),
  updateReady: msg('A new version of the app is ready.', { id: 'app.updateReady' }),
  update: msg('Update', { id: 'app.update' }),
  help: msg('Keys', { id: 'app.help' }),
  keyFreeze: msg('Freeze, or go on', { id: 'app.keyFreeze' }),
  keyAccept: msg('Accept the first answer', { id: 'app.keyAccept' }),
  keyClass: msg('Take that answer', { id: 'app.keyClass' }),
  keyNew: msg('Search or new name', { id: 'app.keyNew' }),
  keyNone: msg('None of these', { id: 'app.keyNone' }),
  keyBurst: msg('Burst on or off', { id: 'app.keyBurst' }),
  keyUndo: msg('Undo', { id: 'app.keyUndo' }),
  keyHelp: msg('These keys', { id: 'app.keyHelp' }),
}));
