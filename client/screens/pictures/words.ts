/** The words of "Pictures". */
import { msg, str } from '@lit/localize';
import { digits, spoken } from '../../i18n/spoken.ts';

export type PicturesWords = ReturnType<typeof picturesWords>;

export const picturesWords = spoken(() => ({
  count: (shown: string, all: string): string =>
    msg(str`${shown} of ${all}`, { id: 'pictures.count', desc: 'Pictures shown, of all' }),
  reading: msg('Looking through the pictures…', { id: 'pictures.reading' }),
  outOfReach: msg(
    'Your hub is out of reach: these are the pictures of this device, and those of others as they last were.',
    { id: 'pictures.outOfReach' },
  ),
  none: msg('No pictures yet.', { id: 'pictures.none' }),
  noneText: msg(
    'Correct what the camera says, answer its questions, or import a folder: every picture that is kept appears here.',
    {
      id: 'pictures.noneText',
    },
  ),
  noneShown: msg('No picture matches these filters.', { id: 'pictures.noneShown' }),
  showAll: msg('Show all', { id: 'pictures.showAll' }),
  label: msg('Class', { id: 'pictures.label' }),
  anyLabel: msg('All classes', { id: 'pictures.anyLabel' }),
  unlabelled: msg('Not named yet', { id: 'pictures.unlabelled' }),
  state: msg('State', { id: 'pictures.state' }),
  anyState: msg('All states', { id: 'pictures.anyState' }),
  here: msg('Waiting here', { id: 'pictures.here', desc: 'State of a picture: not sent to the hub yet' }),
  sent: msg('Sent', { id: 'pictures.sent' }),
  learned: msg('Learned', { id: 'pictures.learned' }),
  learnedIn: (version: string): string => msg(str`Learned in v${version}`, { id: 'pictures.learnedIn' }),
  heldOut: msg('Kept to judge', { id: 'pictures.heldOut' }),
  heldOutLong: msg('Kept to judge versions, never learned from', { id: 'pictures.heldOutLong' }),
  refused: msg('Refused', { id: 'pictures.refused' }),
  refusedWhy: (why: string): string => msg(str`Refused by the hub: ${why}`, { id: 'pictures.refusedWhy' }),
  device: msg('Device', { id: 'pictures.device' }),
  anyDevice: msg('All devices', { id: 'pictures.anyDevice' }),
  thisDevice: msg('This device', { id: 'pictures.thisDevice' }),
  withoutPictures: msg('A device without pictures', { id: 'pictures.withoutPictures' }),
  imported: msg('Imported on the hub', { id: 'pictures.imported' }),
  age: msg('When', { id: 'pictures.age' }),
  anyAge: msg('At any time', { id: 'pictures.anyAge' }),
  day: msg('Last 24 hours', { id: 'pictures.day' }),
  week: msg('Last 7 days', { id: 'pictures.week' }),
  month: msg('Last 30 days', { id: 'pictures.month' }),
  older: msg('Older', { id: 'pictures.older' }),
  sure: msg('How sure it was', { id: 'pictures.sure', desc: 'How sure the camera was of its answer' }),
  anySure: msg('Sure or not', { id: 'pictures.anySure' }),
  isSure: msg('It was sure', { id: 'pictures.isSure' }),
  isUnsure: msg('It was not sure', { id: 'pictures.isUnsure' }),
  disputed: (count: string): string => msg(str`People disagree: ${count}`, { id: 'pictures.disputed' }),
  moreFilters: msg('More', { id: 'pictures.moreFilters' }),
  select: msg('Select', { id: 'pictures.select' }),
  done: msg('Done', { id: 'pictures.done' }),
  selected: (count: number): string =>
    count === 1
      ? msg('1 selected', { id: 'pictures.selected.one' })
      : msg(str`${digits(count)} selected`, { id: 'pictures.selected.many' }),
  selectAll: msg('All', { id: 'pictures.selectAll' }),
  name: msg('Name', { id: 'pictures.name', desc: 'Button: give the selected pictures a name' }),
  delete: msg('Delete', { id: 'pictures.delete' }),
  whatAre: (count: string): string => msg(str`What do these ${count} pictures show?`, { id: 'pictures.whatAre' }),
  picture: msg('Picture', { id: 'pictures.picture' }),
  saw: msg('The device saw', { id: 'pictures.saw', desc: 'What the device itself took it for' }),
  anySaw: msg('Whatever it saw', { id: 'pictures.anySaw' }),
  sawThis: (name: string, count: string): string => msg(str`It saw: ${name} (${count})`, { id: 'pictures.sawThis' }),
  sawNothing: msg('nothing that it knew', { id: 'pictures.sawNothing' }),
  taken: msg('Taken', { id: 'pictures.taken' }),
  by: msg('By', { id: 'pictures.by', desc: 'The device that took the picture' }),
  namedBy: msg('Named by', { id: 'pictures.namedBy', desc: 'The device on which somebody said what it shows' }),
  somebodySaid: (name: string): string => msg(str`Somebody else said: ${name}`, { id: 'pictures.somebodySaid' }),
  isIt: (name: string): string => msg(str`It is: ${name}`, { id: 'pictures.isIt' }),
  said: (name: string, count: string): string =>
    msg(str`${name}: ${count}`, { id: 'pictures.said', desc: 'A name, and how many pictures were given it' }),
  deletedCount: (count: number): string =>
    count === 1
      ? msg('Deleted: 1', { id: 'pictures.deletedCount.one' })
      : msg(str`Deleted: ${digits(count)}`, { id: 'pictures.deletedCount.many' }),
  undone: msg('Taken back.', { id: 'pictures.undone' }),
  transfer: msg('Import and export', { id: 'pictures.transfer' }),
  importText: msg(
    'One folder for each class, named after it, with its pictures inside; or a zip of such folders. They are kept here and go to your hub like corrections.',
    { id: 'pictures.importText' },
  ),
  importFolder: msg('Import a folder', { id: 'pictures.importFolder' }),
  importZip: msg('Import a zip', { id: 'pictures.importZip' }),
  exportText: msg('A zip with a folder for each class, and a table of what is known of each picture.', {
    id: 'pictures.exportText',
  }),
  exportShown: (count: number): string =>
    count === 1
      ? msg('Export the one shown', { id: 'pictures.exportShown.one' })
      : msg(str`Export the ${digits(count)} shown`, { id: 'pictures.exportShown.many' }),
  importing: (kept: number, looked: number): string =>
    kept === 1
      ? msg(str`Kept 1 of ${digits(looked)} so far`, { id: 'pictures.importing.one' })
      : msg(str`Kept ${digits(kept)} of ${digits(looked)} so far`, { id: 'pictures.importing.many' }),
  importingOf: (looked: string, all: string): string =>
    msg(str`${looked} of ${all}`, { id: 'pictures.importingOf', desc: 'Files looked at so far, of all' }),
  importDone: (kept: number, looked: number): string =>
    kept === 1
      ? msg(str`Kept 1 of ${digits(looked)}`, { id: 'pictures.importDone.one' })
      : msg(str`Kept ${digits(kept)} of ${digits(looked)}`, { id: 'pictures.importDone.many' }),
  leftOut: {
    'no-folder': (count: number): string =>
      count === 1
        ? msg('1 is not in a folder named after a class', { id: 'pictures.leftOut.no-folder.one' })
        : msg(str`${digits(count)} are not in a folder named after a class`, { id: 'pictures.leftOut.no-folder.many' }),
    unreadable: (count: number): string =>
      count === 1
        ? msg('1 could not be read as a picture', { id: 'pictures.leftOut.unreadable.one' })
        : msg(str`${digits(count)} could not be read as pictures`, { id: 'pictures.leftOut.unreadable.many' }),
    'too-small': (count: number): string =>
      count === 1
        ? msg('1 is smaller than 32 pixels', { id: 'pictures.leftOut.too-small.one' })
        : msg(str`${digits(count)} are smaller than 32 pixels`, { id: 'pictures.leftOut.too-small.many' }),
    twice: (count: number): string =>
      count === 1
        ? msg('1 was there twice', { id: 'pictures.leftOut.twice.one' })
        : msg(str`${digits(count)} were there twice`, { id: 'pictures.leftOut.twice.many' }),
  },
  named: (paths: readonly string[], count: number): string => {
    const names = paths.join(', ');
    const more = count - paths.length;
    return more === 0
      ? names
      : msg(str`${names} and ${digits(more)} more`, {
          id: 'pictures.named',
          desc: 'Names of files, and how many more',
        });
  },
  importFull: msg('This device is full: the rest was not kept. Make room, then import them again.', {
    id: 'pictures.importFull',
  }),
  importBroken: msg('It could not be read to the end.', { id: 'pictures.importBroken' }),
  importStopped: msg('Stopped.', { id: 'pictures.importStopped' }),
  exporting: (done: string, all: string): string => msg(str`${done} of ${all} packed`, { id: 'pictures.exporting' }),
  exported: (count: string): string => msg(str`${count} packed.`, { id: 'pictures.exported' }),
  exportMissing: (count: number): string =>
    count === 1
      ? msg('1 is not on this device and your hub is out of reach.', { id: 'pictures.exportMissing.one' })
      : msg(str`${digits(count)} are not on this device and your hub is out of reach.`, {
          id: 'pictures.exportMissing.many',
        }),
  stop: msg('Stop', { id: 'pictures.stop' }),
}));
