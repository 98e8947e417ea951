/** The schema of the SQLite file. A migration that was released is never edited: append one. */

/** "RETD": another program's database is refused. */
export const applicationId = 0x52455444;

/** Migration `n` (from 0) leads from version `n` to `n + 1`. */
export const migrations = [
  `
  CREATE TABLE about (id TEXT NOT NULL) STRICT;
  CREATE TABLE class (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    locked INTEGER NOT NULL,
    created INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE member (
    id TEXT PRIMARY KEY,
    class TEXT NOT NULL REFERENCES class (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    secrets TEXT NOT NULL,
    joined INTEGER NOT NULL,
    UNIQUE (class, words)
  ) STRICT;
  CREATE TABLE work (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    started INTEGER NOT NULL,
    active INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    green INTEGER NOT NULL,
    checks INTEGER NOT NULL,
    advanced INTEGER NOT NULL,
    red TEXT,
    hint TEXT,
    passed INTEGER,
    took INTEGER,
    said INTEGER,
    PRIMARY KEY (member, exercise)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE progress (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    text TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE mistake (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    hint TEXT NOT NULL,
    made INTEGER NOT NULL,
    example TEXT NOT NULL,
    PRIMARY KEY (member, exercise, hint)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE class ADD COLUMN listOnly INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE member ADD COLUMN seat TEXT;
  `,
  `
  CREATE TABLE said (
    class TEXT NOT NULL REFERENCES class (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (class, topic)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE class ADD COLUMN assignment TEXT;
  `,
  `
  ALTER TABLE class ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
  `,
  `
  ALTER TABLE class ADD COLUMN shared TEXT;
  ALTER TABLE member ADD COLUMN handle TEXT;
  `,
] as const;
