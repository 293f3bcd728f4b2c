#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "Ledger.h"
#include "PowerLoss.h"

// Files that are not SQLite's: keys, evidence, journals.

static int write_all(int descriptor, const char *bytes, size_t count, off_t offset) {
    while (count > 0) {
        ssize_t written = pwrite(descriptor, bytes, count, offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return written == 0 ? ENOSPC : errno;
        bytes += written;
        count -= (size_t)written;
        offset += written;
    }
    return 0;
}

int32_t powerloss_plain_write(int32_t descriptor, const void *bytes, size_t count, int64_t offset) {
    ledger_enter();
    ledger_note_write(ledger_file_of(descriptor), offset, count);
    int failure = write_all(descriptor, bytes, count, offset);
    ledger_leave();
    return failure;
}

int32_t powerloss_plain_truncate(int32_t descriptor, int64_t size) {
    ledger_enter();
    ledger_note_truncate(ledger_file_of(descriptor), size);
    int failure = ftruncate(descriptor, size) == 0 ? 0 : errno;
    ledger_leave();
    return failure;
}

int32_t powerloss_plain_sync(int32_t descriptor) {
    ledger_enter();
    int failure = ledger_syncs_for_real() && fsync(descriptor) != 0 ? errno : 0;
    if (!failure) ledger_note_sync(ledger_file_of(descriptor));
    ledger_leave();
    return failure;
}

int32_t powerloss_plain_made(const char *path) {
    ledger_enter();
    ledger_note_made(path);
    ledger_leave();
    return 0;
}

int32_t powerloss_plain_rename(const char *path, const char *new_path) {
    ledger_enter();
    ledger_note_rename(path, new_path);
    int failure = rename(path, new_path) == 0 ? 0 : errno;
    ledger_leave();
    return failure;
}

int32_t powerloss_plain_remove(const char *path) {
    ledger_enter();
    ledger_note_remove(path);
    int failure = unlink(path) == 0 ? 0 : errno;
    ledger_leave();
    return failure;
}

int32_t powerloss_plain_sync_directory(const char *path) {
    ledger_enter();
    int failure = 0;
    if (ledger_syncs_for_real()) {
        int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0 || fsync(descriptor) != 0) failure = errno;
        if (descriptor >= 0) close(descriptor);
    }
    if (!failure) ledger_note_sync_directory(path);
    ledger_leave();
    return failure;
}

void powerloss_plain_reading(void) {
    ledger_lock();
    ledger_unlock();
}
