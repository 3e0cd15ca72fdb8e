/** The version of the wire, and its history. A test hashes all schemas: change one and this file has to change too. */

/** What this build speaks. */
export const protocolVersion = 6;

/** The oldest version that this build still understands. */
export const minimumProtocolVersion = 6;

/** One line a version: what changed and the hash of all schemas (`schemaHash`) at that version. */
export const history: readonly { readonly version: number; readonly change: string; readonly schemaHash: string }[] = [
  {
    version: 1,
    change: 'The first wire.',
    schemaHash: 'ee8f1bf2422a99b8893c6c1bcc8d6e9167b9e29911b4073a6841dbc6fc34ba77',
  },
  {
    version: 2,
    change: 'Devices ask for the history of versions, and pin one.',
    schemaHash: '307dc6dcefcb0124d78e52e0fdf93deb214ac148438b34012f83fdbdf2509046',
  },
  {
    version: 3,
    change:
      'Devices list the pictures of their room and fetch them; they see its devices, invite and remove some, and have erased what they gave.',
    schemaHash: '6d31e1449eab461961336789a176147dc64e6e05863a8388ab5bb59be84ebfc8',
  },
  {
    version: 4,
    change: 'A training tells how it does on pictures kept apart, and which corrections have come meanwhile.',
    schemaHash: 'fcae8ae18f1c6e9153ad741e610fbb64ae96e38a96b63a48c4c4c5723bf8bec9',
  },
  {
    version: 5,
    change: 'Of each picture the hub tells who said what it shows.',
    schemaHash: '543df00a9a1ae75bb0efa4685a6324c2b0d567fa294a21f1bb3e99fce61e2755',
  },
  {
    version: 6,
    change: 'A model’s file says which of its labels people named; the messages are as before.',
    schemaHash: '543df00a9a1ae75bb0efa4685a6324c2b0d567fa294a21f1bb3e99fce61e2755',
  },
];
