/** The tables, as the steps that lead to them. A step that was ever released is never edited: add one at the end. */

/** `migrations[n]` leads from `user_version` n to n + 1. Times are milliseconds since 1970, ids and hashes hex text. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE samples (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    device TEXT NOT NULL,
    burst TEXT NOT NULL,
    captured_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    predicted_label TEXT,
    predicted_probability REAL,
    predicted_by TEXT,
    sent_sha256 BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    -- What label-log makes of the sample's events; follows each of them in the same transaction.
    state TEXT NOT NULL CHECK (state IN ('unlabelled', 'labelled', 'deleted')),
    label TEXT,
    label_event TEXT,
    -- Null once deleted: the row stays, so that a resend is known.
    picture BLOB,
    CHECK ((state = 'deleted') = (picture IS NULL)),
    CHECK ((state = 'labelled') = (label_event IS NOT NULL))
  ) STRICT;
  CREATE INDEX samples_by_room ON samples (room, state, id);
  CREATE INDEX samples_by_burst ON samples (room, device, burst);
  CREATE INDEX samples_by_label ON samples (room, label, device, burst) WHERE state = 'labelled';
  CREATE INDEX samples_by_picture ON samples (room, sha256);

  CREATE TABLE label_events (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    device TEXT NOT NULL,
    sample TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- The message as it came, as JSON.
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX label_events_by_sample ON label_events (sample, room);
  CREATE INDEX label_events_by_room ON label_events (room);
  CREATE TRIGGER label_events_stay BEFORE UPDATE ON label_events
    BEGIN SELECT RAISE (ABORT, 'label events are append-only'); END;
  CREATE TRIGGER label_events_last BEFORE DELETE ON label_events
    BEGIN SELECT RAISE (ABORT, 'label events are append-only'); END;

  CREATE TABLE bursts (
    room TEXT NOT NULL,
    device TEXT NOT NULL,
    burst TEXT NOT NULL,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation')),
    PRIMARY KEY (room, device, burst)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE usage (
    device TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    hour_samples INTEGER NOT NULL,
    hour_events INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    room TEXT NOT NULL,
    -- SHA-256 of the secret; null for a device of this machine, which needs none.
    secret_sha256 BLOB,
    model TEXT,
    last_seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE versions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    room TEXT NOT NULL,
    version INTEGER NOT NULL,
    model TEXT NOT NULL,
    parent TEXT,
    status TEXT NOT NULL CHECK (status IN ('promoted', 'in-trial', 'refused')),
    -- The report message and the list of event ids, as JSON.
    report TEXT,
    corrections TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX versions_by_room ON versions (room, model);

  CREATE TABLE current_versions (
    room TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL REFERENCES versions (sequence)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- A cache: what the base makes of a sample's views, so that a round works out new pictures only.
  CREATE TABLE latents (
    sample TEXT PRIMARY KEY REFERENCES samples (id),
    room TEXT NOT NULL,
    -- All that they depend on beside the picture: the base, its cut, how views are made.
    made_by TEXT NOT NULL,
    views BLOB NOT NULL
  ) STRICT;
  CREATE INDEX latents_by_room ON latents (room, sample);
  CREATE TRIGGER latents_go_with_the_picture AFTER UPDATE OF picture ON samples WHEN NEW.picture IS NULL
    BEGIN DELETE FROM latents WHERE sample = NEW.id; END;
  `,
  `
  -- The answers behind the verdict, as JSON.
  ALTER TABLE versions ADD COLUMN figures TEXT;
  -- Someone chose the current version: no round replaces it.
  ALTER TABLE current_versions ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
  `,
  `
  -- Every change of what devices are told of a picture gives it the next number, so that they ask for what is new to them.
  ALTER TABLE samples ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
  UPDATE samples SET change = rowid;
  CREATE UNIQUE INDEX samples_by_change ON samples (change);
  CREATE INDEX samples_by_room_and_change ON samples (room, change);
  CREATE INDEX samples_by_label_event ON samples (label_event);
  -- What the label contradicts (disputeOf in label-log), as JSON; null when nobody disagrees.
  ALTER TABLE samples ADD COLUMN dispute TEXT;

  -- Tells the changes of this database from those of another.
  CREATE TABLE change_line (id TEXT NOT NULL) STRICT;
  INSERT INTO change_line VALUES (lower(hex(randomblob(16))));

  -- The first version that learned from a label event.
  CREATE TABLE learned (
    room TEXT NOT NULL,
    event TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (room, event)
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO learned
    SELECT room, value, version FROM versions, json_each(corrections) WHERE status <> 'refused' ORDER BY sequence;
  CREATE TRIGGER versions_learn AFTER INSERT ON versions WHEN NEW.status <> 'refused'
    BEGIN INSERT OR IGNORE INTO learned SELECT NEW.room, value, NEW.version FROM json_each(NEW.corrections); END;

  CREATE TRIGGER samples_come AFTER INSERT ON samples
    BEGIN UPDATE samples SET change = (SELECT max(change) FROM samples) + 1 WHERE id = NEW.id; END;
  -- What is not there any more cannot be told of: devices begin anew.
  CREATE TRIGGER samples_leave AFTER DELETE ON samples
    BEGIN UPDATE change_line SET id = lower(hex(randomblob(16))); END;
  CREATE TRIGGER samples_change AFTER UPDATE OF state, label_event, dispute ON samples
    BEGIN UPDATE samples SET change = (SELECT max(change) FROM samples) + 1 WHERE id = NEW.id; END;
  -- The row's number keeps those of one burst apart.
  CREATE TRIGGER bursts_change AFTER UPDATE OF split ON bursts WHEN NEW.split <> OLD.split
    BEGIN UPDATE samples SET change = (SELECT max(change) FROM samples) + rowid
      WHERE room = NEW.room AND device = NEW.device AND burst = NEW.burst; END;
  CREATE TRIGGER samples_are_learned AFTER INSERT ON learned
    BEGIN UPDATE samples SET change = (SELECT max(change) FROM samples) + 1 WHERE label_event = NEW.event; END;
  `,
  `
  -- Since when the device is let in no more; its secret is gone then.
  ALTER TABLE devices ADD COLUMN removed_at INTEGER;
  CREATE INDEX samples_by_device ON samples (device);
  CREATE INDEX label_events_by_device ON label_events (device);
  -- Still append-only, but for one thing: a device takes back all that it gave. Its name is taken off its events first, and
  -- what bears nobody's name may go.
  DROP TRIGGER label_events_stay;
  CREATE TRIGGER label_events_stay BEFORE UPDATE OF id, room, sample, received_at, event ON label_events
    BEGIN SELECT RAISE (ABORT, 'label events are append-only'); END;
  DROP TRIGGER label_events_last;
  CREATE TRIGGER label_events_last BEFORE DELETE ON label_events WHEN OLD.device <> '00000000-0000-7000-8000-000000000000'
    BEGIN SELECT RAISE (ABORT, 'label events are append-only'); END;
  `,
];
