#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "Ledger.h"
#include "PowerLoss.h"

// A VFS around SQLite's own: every file SQLite opens by name goes through the ledger; the rest is passed on.

typedef struct {
    sqlite3_file base;
    sqlite3_file *real;
    // NULL for files without a name, which vanish with the process in any case.
    LedgerFile *file;
    // SQLite's own VFS makes the name of a new journal durable with the journal's first fsync.
    int syncs_directory;
    char path[1024];
} Watched;

static sqlite3_vfs watching;
static sqlite3_vfs *real_vfs;

#define REAL(f) (((Watched *)(f))->real)

static void note_directory(const char *path) {
    char directory[1024];
    snprintf(directory, sizeof directory, "%s", path);
    char *slash = strrchr(directory, '/');
    if (slash) *slash = 0;
    ledger_note_sync_directory(slash ? directory : ".");
}

static int close_file(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }

static int read_file(sqlite3_file *f, void *bytes, int count, sqlite3_int64 offset) {
    ledger_lock();
    int rc = REAL(f)->pMethods->xRead(REAL(f), bytes, count, offset);
    ledger_unlock();
    return rc;
}

static int write_file(sqlite3_file *f, const void *bytes, int count, sqlite3_int64 offset) {
    ledger_enter();
    ledger_note_write(((Watched *)f)->file, offset, (size_t)count);
    int rc = REAL(f)->pMethods->xWrite(REAL(f), bytes, count, offset);
    ledger_leave();
    return rc;
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size) {
    ledger_enter();
    ledger_note_truncate(((Watched *)f)->file, size);
    int rc = REAL(f)->pMethods->xTruncate(REAL(f), size);
    ledger_leave();
    return rc;
}

static int sync_file(sqlite3_file *f, int flags) {
    Watched *watched = (Watched *)f;
    ledger_enter();
    int rc = ledger_syncs_for_real() ? REAL(f)->pMethods->xSync(REAL(f), flags) : SQLITE_OK;
    if (rc == SQLITE_OK) {
        ledger_note_sync(watched->file);
        if (watched->syncs_directory) note_directory(watched->path);
        watched->syncs_directory = 0;
    }
    ledger_leave();
    return rc;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size) { return REAL(f)->pMethods->xFileSize(REAL(f), size); }
static int lock_file(sqlite3_file *f, int level) { return REAL(f)->pMethods->xLock(REAL(f), level); }
static int unlock_file(sqlite3_file *f, int level) { return REAL(f)->pMethods->xUnlock(REAL(f), level); }
static int check_reserved(sqlite3_file *f, int *out) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), out); }
static int control(sqlite3_file *f, int op, void *argument) { return REAL(f)->pMethods->xFileControl(REAL(f), op, argument); }
static int sector_size(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int characteristics(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
    return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, out);
}
static int shm_lock(sqlite3_file *f, int offset, int count, int flags) { return REAL(f)->pMethods->xShmLock(REAL(f), offset, count, flags); }
static void shm_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int shm_unmap(sqlite3_file *f, int delete_it) { return REAL(f)->pMethods->xShmUnmap(REAL(f), delete_it); }

// Version 2: shared memory, but no memory-mapped reading or writing, which would pass by the ledger.
static const sqlite3_io_methods methods = {
    2, close_file, read_file, write_file, truncate_file, sync_file, file_size, lock_file, unlock_file, check_reserved, control, sector_size,
    characteristics, shm_map, shm_lock, shm_barrier, shm_unmap, NULL, NULL,
};

static int open_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags, int *out_flags) {
    (void)vfs;
    Watched *watched = (Watched *)f;
    memset(watched, 0, sizeof *watched);
    watched->real = (sqlite3_file *)&watched[1];
    int is_new = name && (flags & SQLITE_OPEN_CREATE) && access(name, F_OK) != 0;
    if (is_new) ledger_enter(); else ledger_lock();
    int rc = real_vfs->xOpen(real_vfs, name, watched->real, flags, out_flags);
    if (watched->real->pMethods) watched->base.pMethods = &methods;
    if (rc == SQLITE_OK && name && !(flags & SQLITE_OPEN_DELETEONCLOSE)) {
        snprintf(watched->path, sizeof watched->path, "%s", name);
        if (is_new) ledger_note_made(name);
        watched->file = ledger_file_at(name);
        watched->syncs_directory =
            (flags & SQLITE_OPEN_CREATE) && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL));
        if (flags & SQLITE_OPEN_MAIN_DB) {
            char shared[1100];
            snprintf(shared, sizeof shared, "%s-shm", name);
            ledger_note_fleeting(shared);
        }
    }
    if (is_new) ledger_leave(); else ledger_unlock();
    return rc;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync_directory) {
    (void)vfs;
    ledger_enter();
    ledger_note_remove(name);
    int rc = real_vfs->xDelete(real_vfs, name, ledger_syncs_for_real() ? sync_directory : 0);
    if (rc == SQLITE_OK && sync_directory) note_directory(name);
    ledger_leave();
    return rc;
}

int32_t powerloss_register_vfs(void) {
    if (real_vfs) return SQLITE_OK;
    int rc = sqlite3_initialize();
    if (rc != SQLITE_OK) return rc;
    real_vfs = sqlite3_vfs_find(NULL);
    if (!real_vfs) return SQLITE_ERROR;
    watching = *real_vfs;
    watching.zName = "powerloss";
    watching.pNext = NULL;
    watching.szOsFile = (int)sizeof(Watched) + real_vfs->szOsFile;
    watching.xOpen = open_file;
    watching.xDelete = delete_file;
    return sqlite3_vfs_register(&watching, 1);
}
