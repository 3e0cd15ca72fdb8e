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
];
