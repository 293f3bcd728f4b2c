#define _GNU_SOURCE
#include "Ledger.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "PowerLoss.h"

enum { sector_bytes = 512, path_max = 4096 };

struct LedgerFile {
    dev_t device;
    ino_t node;
    int descriptor;
    int of_sqlite;
    int pending;
    LedgerFile *next;
};

typedef enum { WRITE, TRUNCATE, MADE, REMOVED, RENAMED } Kind;

typedef struct Change {
    Kind kind;
    struct Change *previous, *next;
    // WRITE and TRUNCATE: the bytes that were there before from `offset` on, and the size of the file before.
    LedgerFile *file;
    off_t offset, old_size;
    size_t count, old_count;
    unsigned char *old_bytes, *new_bytes;
    // MADE, REMOVED, RENAMED. `kept` is where the file that lost its name waits.
    char *path, *new_path, *kept;
} Change;

typedef struct Fleeting { char *path; struct Fleeting *next; } Fleeting;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static LedgerFile *files;
static Change *oldest, *newest;
static Fleeting *fleeting;
static int64_t operations, crash_at;
static int32_t mode;
static int real_sync = 1, crashes_after, lies;
static uint64_t chance_state;
static char trash[path_max];
static int64_t trash_count;

// SplitMix64: the same losses from the same seed.
static uint64_t chance(void) {
    uint64_t z = (chance_state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

// MARK: Setting the scene

static void empty_trash(void) {
    DIR *folder = opendir(trash);
    if (!folder) {
        mkdir(trash, 0700);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.') unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
}

void powerloss_arm(int32_t wanted, uint64_t seed, int64_t at, const char *trash_path, int32_t sync) {
    pthread_mutex_lock(&lock);
    mode = wanted;
    chance_state = seed;
    crash_at = at;
    real_sync = sync;
    crashes_after = chance() & 1;
    snprintf(trash, sizeof trash, "%s", trash_path);
    empty_trash();
    pthread_mutex_unlock(&lock);
}

int64_t powerloss_operations(void) {
    pthread_mutex_lock(&lock);
    int64_t count = operations;
    pthread_mutex_unlock(&lock);
    return count;
}

void powerloss_lie(void) {
    pthread_mutex_lock(&lock);
    lies = 1;
    pthread_mutex_unlock(&lock);
}

int ledger_syncs_for_real(void) { return real_sync; }

static _Noreturn void lose_power(void);

void ledger_lock(void) { pthread_mutex_lock(&lock); }
void ledger_unlock(void) { pthread_mutex_unlock(&lock); }

void ledger_enter(void) {
    pthread_mutex_lock(&lock);
    operations++;
    if (operations == crash_at && !crashes_after) lose_power();
}

void ledger_leave(void) {
    if (operations == crash_at && crashes_after) lose_power();
    pthread_mutex_unlock(&lock);
}

void powerloss_cut(void) {
    pthread_mutex_lock(&lock);
    lose_power();
}

// MARK: Files

static LedgerFile *known(const struct stat *status) {
    for (LedgerFile *file = files; file; file = file->next)
        if (file->device == status->st_dev && file->node == status->st_ino) return file;
    return NULL;
}

static LedgerFile *keep(int descriptor, int of_sqlite, const struct stat *status) {
    LedgerFile *file = calloc(1, sizeof *file);
    if (!file) abort();
    *file = (LedgerFile){status->st_dev, status->st_ino, descriptor, of_sqlite, 0, files};
    return files = file;
}

LedgerFile *ledger_file_at(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) return NULL;
    LedgerFile *file = known(&status);
    if (file) return file;
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    return descriptor < 0 ? NULL : keep(descriptor, 1, &status);
}

LedgerFile *ledger_file_of(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return NULL;
    LedgerFile *file = known(&status);
    if (file) return file;
    int own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    return own < 0 ? NULL : keep(own, 0, &status);
}

// A descriptor of our own would keep the lock of a file its owner has closed; it is let go as soon as nothing can be lost any more.
static void forget(LedgerFile *file) {
    if (file->of_sqlite) return;
    for (LedgerFile **place = &files; *place; place = &(*place)->next) {
        if (*place != file) continue;
        *place = file->next;
        close(file->descriptor);
        free(file);
        return;
    }
}

// MARK: Changes

static Change *add(Kind kind) {
    Change *change = calloc(1, sizeof *change);
    if (!change) abort();
    change->kind = kind;
    change->previous = newest;
    if (newest) newest->next = change; else oldest = change;
    return newest = change;
}

static void drop(Change *change) {
    if (change->previous) change->previous->next = change->next; else oldest = change->next;
    if (change->next) change->next->previous = change->previous; else newest = change->previous;
    if (change->kept) unlink(change->kept);
    free(change->old_bytes);
    free(change->new_bytes);
    free(change->path);
    free(change->new_path);
    free(change->kept);
    free(change);
}

static unsigned char *bytes_at(LedgerFile *file, off_t offset, size_t *count) {
    unsigned char *bytes = malloc(*count ? *count : 1);
    if (!bytes) abort();
    size_t filled = 0;
    while (filled < *count) {
        ssize_t got = pread(file->descriptor, bytes + filled, *count - filled, offset + (off_t)filled);
        if (got <= 0) break;
        filled += (size_t)got;
    }
    *count = filled;
    return bytes;
}

static off_t size_of(LedgerFile *file) {
    struct stat status;
    return fstat(file->descriptor, &status) == 0 ? status.st_size : 0;
}

void ledger_note_write(LedgerFile *file, off_t offset, size_t count) {
    if (!file) return;
    Change *change = add(WRITE);
    change->file = file;
    change->offset = offset;
    change->count = change->old_count = count;
    change->old_size = size_of(file);
    change->old_bytes = bytes_at(file, offset, &change->old_count);
    file->pending++;
}

void ledger_note_truncate(LedgerFile *file, off_t size) {
    if (!file) return;
    Change *change = add(TRUNCATE);
    change->file = file;
    change->offset = size;
    change->old_size = size_of(file);
    change->old_count = change->old_size > size ? (size_t)(change->old_size - size) : 0;
    change->old_bytes = bytes_at(file, size, &change->old_count);
    file->pending++;
}

void ledger_note_sync(LedgerFile *file) {
    if (!file || lies) return;
    for (Change *change = newest; change && file->pending;) {
        Change *previous = change->previous;
        if (change->file == file) {
            drop(change);
            file->pending--;
        }
        change = previous;
    }
    forget(file);
}

// MARK: Names

static char *copy(const char *text) {
    char *made = strdup(text);
    if (!made) abort();
    return made;
}

// Gives the file at `path` a second name in the trash, so that its content outlives the first; NULL when there is none.
static char *keep_in_trash(const char *path) {
    char name[path_max + 32];
    snprintf(name, sizeof name, "%s/%lld", trash, (long long)++trash_count);
    return link(path, name) == 0 ? copy(name) : NULL;
}

void ledger_note_made(const char *path) { add(MADE)->path = copy(path); }

void ledger_note_remove(const char *path) {
    char *kept = keep_in_trash(path);
    if (!kept) return;
    Change *change = add(REMOVED);
    change->path = copy(path);
    change->kept = kept;
}

void ledger_note_rename(const char *path, const char *new_path) {
    char *kept = keep_in_trash(new_path);
    Change *change = add(RENAMED);
    change->path = copy(path);
    change->new_path = copy(new_path);
    change->kept = kept;
}

static int lies_in(const char *path, const char *directory) {
    const char *slash = strrchr(path, '/');
    if (!slash) return strcmp(directory, ".") == 0;
    size_t length = (size_t)(slash - path);
    return strlen(directory) == length && strncmp(path, directory, length) == 0;
}

// The making of a draft is over once the name it was renamed to is durable.
static void drop_making(const char *path, Change *before) {
    for (Change *change = before; change; change = change->previous) {
        if (change->kind != MADE || strcmp(change->path, path) != 0) continue;
        drop(change);
        return;
    }
}

void ledger_note_sync_directory(const char *directory) {
    if (lies) return;
    for (Change *change = newest; change;) {
        Change *previous = change->previous;
        if (change->path && lies_in(change->new_path ? change->new_path : change->path, directory)) {
            if (change->kind == RENAMED) {
                drop_making(change->path, change->previous);
                previous = change->previous;
            }
            drop(change);
        }
        change = previous;
    }
}

void ledger_note_fleeting(const char *path) {
    for (Fleeting *known = fleeting; known; known = known->next)
        if (strcmp(known->path, path) == 0) return;
    Fleeting *made = calloc(1, sizeof *made);
    if (!made) abort();
    *made = (Fleeting){copy(path), fleeting};
    fleeting = made;
}

// MARK: The loss

static void put(LedgerFile *file, const unsigned char *bytes, size_t count, off_t offset) {
    while (count > 0) {
        ssize_t put = pwrite(file->descriptor, bytes, count, offset);
        if (put <= 0) abort();
        bytes += put;
        count -= (size_t)put;
        offset += put;
    }
}

static void take_back(Change *change) {
    LedgerFile *file = change->file;
    if (change->kind == WRITE && mode != POWERLOSS_ALL) change->new_bytes = bytes_at(file, change->offset, &change->count);
    if (size_of(file) != change->old_size && ftruncate(file->descriptor, change->old_size) != 0) abort();
    put(file, change->old_bytes, change->old_count, change->offset);
}

// What the disk had written by itself before the power went. Returns 1 when any of it stays.
static int let_stay(Change *change) {
    if (mode == POWERLOSS_ALL) return 0;
    if (change->kind == TRUNCATE) {
        int stays = chance() & 1;
        if (stays && ftruncate(change->file->descriptor, change->offset) != 0) abort();
        return stays;
    }
    if (mode == POWERLOSS_SUBSET) {
        int stays = chance() & 1;
        if (stays) put(change->file, change->new_bytes, change->count, change->offset);
        return stays;
    }
    int any = 0;
    for (size_t at = 0; at < change->count;) {
        size_t rest = sector_bytes - (size_t)((change->offset + (off_t)at) % sector_bytes);
        size_t count = rest < change->count - at ? rest : change->count - at;
        if (chance() & 1) {
            put(change->file, change->new_bytes + at, count, change->offset + (off_t)at);
            any = 1;
        }
        at += count;
    }
    return any;
}

static void take_name_back(Change *change) {
    char lost[path_max + 32];
    switch (change->kind) {
    case MADE:
        if (unlink(change->path) == 0 || rmdir(change->path) == 0 || errno == ENOENT) return;
        // A folder whose content was made durable while its own name was not: all of it is out of reach.
        snprintf(lost, sizeof lost, "%s/lost-%lld", trash, (long long)++trash_count);
        if (rename(change->path, lost) != 0) abort();
        return;
    case REMOVED:
        if (rename(change->kept, change->path) != 0) abort();
        return;
    case RENAMED:
        if (rename(change->new_path, change->path) != 0 && errno != ENOENT) abort();
        if (change->kept && rename(change->kept, change->new_path) != 0) abort();
        return;
    default: return;
    }
}

static void lose_power(void) {
    long writes = 0, stayed = 0, names = 0, kept_names = 0;
    for (Change *change = newest; change; change = change->previous) {
        if (change->file) {
            take_back(change);
            writes++;
        } else {
            names++;
        }
    }
    for (Change *change = oldest; change; change = change->next)
        if (change->file) stayed += let_stay(change);
    if (mode != POWERLOSS_ALL && names > 0) kept_names = (long)(chance() % (uint64_t)(names + 1));
    long name = names;
    for (Change *change = newest; change; change = change->previous)
        if (!change->file && --name >= kept_names) take_name_back(change);
    for (Fleeting *gone = fleeting; gone; gone = gone->next)
        if (mode == POWERLOSS_ALL || (chance() & 1)) unlink(gone->path);
    dprintf(2, "power lost at operation %lld: writes %ld stayed %ld names %ld stayed %ld\n", (long long)operations, writes, stayed, names, kept_names);
    _exit(137);
}
