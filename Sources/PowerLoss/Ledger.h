// What would be lost if the power went now: the changes that no fsync has made durable yet, in their order.
#ifndef LEDGER_H
#define LEDGER_H

#include <stdint.h>
#include <sys/types.h>

typedef struct LedgerFile LedgerFile;

// Between enter and leave the caller holds the one lock; each pair is one operation, at whose edge the power may go.
void ledger_enter(void);
void ledger_leave(void);
// The lock without an operation.
void ledger_lock(void);
void ledger_unlock(void);
int ledger_syncs_for_real(void);

// The file behind a path or a descriptor; NULL when it cannot be opened. A file of SQLite's is kept open to the end of the process:
// closing any descriptor of a file drops every POSIX lock the process holds on it.
LedgerFile *ledger_file_at(const char *path);
LedgerFile *ledger_file_of(int descriptor);

void ledger_note_write(LedgerFile *file, off_t offset, size_t count);
void ledger_note_truncate(LedgerFile *file, off_t size);
void ledger_note_sync(LedgerFile *file);

void ledger_note_made(const char *path);
// Call before the name goes: the file is kept in the trash until its removal is durable.
void ledger_note_remove(const char *path);
void ledger_note_rename(const char *path, const char *new_path);
void ledger_note_sync_directory(const char *directory);
// Memory shared by SQLite's connections, which no loss of power leaves behind in any particular state.
void ledger_note_fleeting(const char *path);

#endif
