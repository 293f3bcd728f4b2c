#ifndef POWERLOSS_H
#define POWERLOSS_H

#include <stddef.h>
#include <stdint.h>

// A loss of power, simulated inside the process that suffers it.
//
// The kernel keeps what a killed process has written; a machine that loses power keeps only what was synchronised. This library remembers,
// for every file it is shown, what each write since the last fsync replaced, and for every folder the names changed since its last fsync.
// When the power goes it takes all of that back, or a random part of it, and ends the process with status 137.
//
// SQLite is shown to it by a VFS around the default one; other files through the plain_* calls. Everything is counted as one sequence of
// operations, so that a number names the moment of the loss, and one lock is held throughout: nobody acknowledges anything after it.

enum {
    // Nothing that was not synchronised survives.
    POWERLOSS_ALL = 0,
    // Each unsynchronised write survives or not, whatever its order; of changed names the earlier ones (a journal of names keeps its order).
    POWERLOSS_SUBSET = 1,
    // As SUBSET, but each sector of 512 bytes of a write for itself: torn pages.
    POWERLOSS_TORN = 2,
};

// Sets the scene; call once, before anything else. `crash_at`: the operation at which the power goes (0: never by itself); whether just
// before or just after it, the seed says. `trash`: a folder on the same file system where removed files wait until their removal is
// durable; it is emptied. `real_sync`: 0 to spare the disk the fsyncs, whose effect is simulated anyway.
void powerloss_arm(int32_t mode, uint64_t seed, int64_t crash_at, const char *trash, int32_t real_sync);

// Registers the VFS “powerloss” and makes it the default. An SQLite result code.
int32_t powerloss_register_vfs(void);

// From now on no fsync keeps anything, though each reports success: the disk that lies, to see that whoever watches would notice.
void powerloss_lie(void);

// Operations so far: writes, truncations, synchronisations, names made, changed and removed.
int64_t powerloss_operations(void);

// The power goes now.
_Noreturn void powerloss_cut(void);

// Files that are not SQLite's. Each returns 0 or an errno. `sync_directory` makes the names in a folder durable.
int32_t powerloss_plain_write(int32_t descriptor, const void *bytes, size_t count, int64_t offset);
int32_t powerloss_plain_truncate(int32_t descriptor, int64_t size);
int32_t powerloss_plain_sync(int32_t descriptor);
int32_t powerloss_plain_made(const char *path);
int32_t powerloss_plain_rename(const char *path, const char *new_path);
int32_t powerloss_plain_remove(const char *path);
int32_t powerloss_plain_sync_directory(const char *path);
// Waits while the power is going, so that nobody reads a disk half taken back.
void powerloss_plain_reading(void);

#endif
