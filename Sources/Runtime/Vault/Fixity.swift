import Chronicle

extension EvidenceVault {
    /// Reads every file again and names those that are not what was stored (a fixity check, as ISO 14721 and ISO/IEC 27037 practice asks
    /// to be repeated for as long as evidence is kept). Uploads go on meanwhile. A file that cannot be read at all counts as damaged.
    public func fixityCheck() async throws(VaultError) -> [Digest] {
        var damaged: [Digest] = []
        for sha256 in try stored() {
            if !isWhole(sha256) { damaged.append(sha256) }
            await Task.yield()
        }
        return damaged
    }

    /// The name of every file in the vault, in order.
    public func stored() throws(VaultError) -> [Digest] {
        let (files, directory) = (files, layout.directory)
        return try VaultError.onDisk { () throws(DiskError) in
            var digests: [Digest] = []
            for first in try files.names(in: directory) where first.utf8.count == 2 {
                for second in try files.names(in: directory + "/" + first) where second.utf8.count == 2 {
                    digests += try files.names(in: directory + "/" + first + "/" + second).compactMap { Digest($0) }
                }
            }
            return digests
        }
    }

    private func isWhole(_ sha256: Digest) -> Bool {
        do throws(DiskError) {
            let file = try files.open(layout.path(of: sha256), .reading)
            defer { files.close(file) }
            var check = FileDigest(files, file)
            return try check.finish() == sha256
        } catch {
            // Discarded while the check was on its way is not damage.
            return error.isMissing
        }
    }
}
