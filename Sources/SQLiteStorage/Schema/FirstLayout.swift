/// Layout 1. The rules of the log are in the schema, so that no program that opens the file can break them by mistake:
/// the log has no gaps, what happened is not changed, and the one change allowed is forgetting what an event said.
///
/// Stream names, types and policies repeat millions of times and are kept once; an actor is a tag byte and 16 bytes, a correlation 16.
let firstLayout = """
    CREATE TABLE stream (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 64)
    ) STRICT;

    CREATE TABLE event_type (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 48),
        version INTEGER NOT NULL CHECK (version >= 1),
        UNIQUE (name, version)
    ) STRICT;

    CREATE TABLE policy (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
    ) STRICT;

    CREATE TABLE event (
        sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
        stream INTEGER NOT NULL REFERENCES stream (id),
        version INTEGER NOT NULL CHECK (version >= 1),
        type INTEGER NOT NULL REFERENCES event_type (id),
        occurred INTEGER NOT NULL,
        recorded INTEGER NOT NULL,
        actor BLOB NOT NULL CHECK (length(actor) BETWEEN 1 AND 33),
        policy INTEGER REFERENCES policy (id),
        causation INTEGER,
        correlation BLOB NOT NULL CHECK (length(correlation) = 16),
        payload BLOB NOT NULL,
        salt BLOB NOT NULL CHECK (length(salt) = 16 OR length(salt) = 0 AND length(payload) = 0),
        commitment BLOB NOT NULL CHECK (length(commitment) = 32),
        leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
        UNIQUE (stream, version)
    ) STRICT;

    CREATE TRIGGER event_has_no_gaps BEFORE INSERT ON event
    WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM event)
      OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM event WHERE stream = NEW.stream)
    BEGIN SELECT raise(ABORT, 'the log has no gaps'); END;

    CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
    WHEN NOT (length(NEW.payload) = 0 AND length(NEW.salt) = 0
      AND NEW.sequence IS OLD.sequence AND NEW.stream IS OLD.stream AND NEW.version IS OLD.version AND NEW.type IS OLD.type
      AND NEW.occurred IS OLD.occurred AND NEW.recorded IS OLD.recorded AND NEW.actor IS OLD.actor AND NEW.policy IS OLD.policy
      AND NEW.causation IS OLD.causation AND NEW.correlation IS OLD.correlation
      AND NEW.commitment IS OLD.commitment AND NEW.leaf_hash IS OLD.leaf_hash)
    BEGIN SELECT raise(ABORT, 'an event is not changed; it may only be redacted'); END;

    CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
    BEGIN SELECT raise(ABORT, 'an event is not deleted'); END;

    CREATE TRIGGER stream_is_not_changed BEFORE UPDATE ON stream BEGIN SELECT raise(ABORT, 'a stream is not renamed'); END;
    CREATE TRIGGER stream_is_not_deleted BEFORE DELETE ON stream BEGIN SELECT raise(ABORT, 'a stream is not deleted'); END;
    CREATE TRIGGER event_type_is_not_changed BEFORE UPDATE ON event_type BEGIN SELECT raise(ABORT, 'an event type is not changed'); END;
    CREATE TRIGGER event_type_is_not_deleted BEFORE DELETE ON event_type BEGIN SELECT raise(ABORT, 'an event type is not deleted'); END;
    CREATE TRIGGER policy_is_not_changed BEFORE UPDATE ON policy BEGIN SELECT raise(ABORT, 'a policy hash is not changed'); END;
    CREATE TRIGGER policy_is_not_deleted BEFORE DELETE ON policy BEGIN SELECT raise(ABORT, 'a policy hash is not deleted'); END;

    CREATE TABLE log_head (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        sequence INTEGER NOT NULL CHECK (sequence >= 0),
        root BLOB NOT NULL CHECK (length(root) = 32),
        frontier BLOB NOT NULL CHECK (length(frontier) % 32 = 8),
        recorded INTEGER NOT NULL
    ) STRICT;
    INSERT INTO log_head VALUES (1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'0000000000000000', 0);

    CREATE TRIGGER log_head_goes_forward BEFORE UPDATE ON log_head
    WHEN NEW.sequence <= OLD.sequence OR NEW.recorded < OLD.recorded
      OR NEW.sequence IS NOT (SELECT max(sequence) FROM event)
    BEGIN SELECT raise(ABORT, 'the head of the log only goes forward, to its last event'); END;
    CREATE TRIGGER log_head_is_not_deleted BEFORE DELETE ON log_head
    BEGIN SELECT raise(ABORT, 'the head of the log is not deleted'); END;

    CREATE TABLE subtree (
        level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 7),
        idx INTEGER NOT NULL CHECK (idx >= 0),
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        PRIMARY KEY (level, idx)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER subtree_is_not_changed BEFORE UPDATE ON subtree BEGIN SELECT raise(ABORT, 'a subtree is not changed'); END;
    CREATE TRIGGER subtree_is_not_deleted BEFORE DELETE ON subtree BEGIN SELECT raise(ABORT, 'a subtree is not deleted'); END;

    CREATE TABLE checkpoint (
        number INTEGER PRIMARY KEY,
        sequence INTEGER NOT NULL CHECK (sequence >= 0),
        note TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER checkpoint_is_not_changed BEFORE UPDATE ON checkpoint BEGIN SELECT raise(ABORT, 'a checkpoint is not changed'); END;
    CREATE TRIGGER checkpoint_is_not_deleted BEFORE DELETE ON checkpoint BEGIN SELECT raise(ABORT, 'a checkpoint is not deleted'); END;

    CREATE TABLE idempotency (
        key TEXT PRIMARY KEY CHECK (length(CAST(key AS BLOB)) BETWEEN 1 AND 128),
        fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
        stream TEXT NOT NULL,
        version INTEGER NOT NULL,
        first_sequence INTEGER NOT NULL,
        last_sequence INTEGER NOT NULL,
        recorded INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE projection (
        name TEXT PRIMARY KEY,
        sequence INTEGER NOT NULL CHECK (sequence >= 0)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE row_table (
        name TEXT PRIMARY KEY,
        declaration TEXT NOT NULL,
        -- Counts rebuilds; part of the names of the table's indexes, which must differ from those of its shadow.
        generation INTEGER NOT NULL,
        outdated INTEGER NOT NULL CHECK (outdated IN (0, 1)),
        projection TEXT
    ) STRICT, WITHOUT ROWID;
    """
