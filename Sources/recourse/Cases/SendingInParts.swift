import Chronicle
import RecourseClient
import Wire

#if canImport(Glibc)
    import Glibc
#endif

extension Connection {
    private static let partBytes = 4 << 20
    /// So many times in a row the line may break before the command gives up.
    private static let breaksMax = 6

    /// Sends a file to a server in parts. Where the line breaks, it asks how far the file has come and goes on from there.
    func sendInParts(_ file: String, _ body: UploadBody, to named: String) async throws -> CaseChange {
        let opened = FileChunks.OpenedFile(file)
        var upload = try await client.beginUpload(named, body)
        var breaks = 0
        while true {
            do {
                let part = try opened.read(Connection.partBytes, at: upload.offset)
                upload = try await client.continueUpload(upload.id, at: upload.offset, part)
                breaks = 0
                if let change = upload.change { return change }
                // The last answer was lost; the file is there.
                if upload.isDone { return try await client.showCase(named).change(repeated: true) }
                if Console.complaintsAreSeen { Console.progress("\(upload.offset * 100 / upload.bytes) % of \(file)") }
            } catch let problem as Problem where problem.code != .notNow && problem.code != .busy {
                throw problem
            } catch {
                breaks += 1
                guard breaks < Connection.breaksMax else { throw error }
                try await Task.sleep(for: .seconds(1 << breaks))
                upload = (try? await client.showUpload(upload.id)) ?? upload
            }
        }
    }
}

extension FileChunks.OpenedFile {
    /// - Parameter count: at most so many bytes.
    fileprivate func read(_ count: Int, at offset: Int64) throws(recourse.Failure) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let got = pread(descriptor, &buffer, count, off_t(offset))
        guard got >= 0 else { throw recourse.Failure(String(cString: strerror(errno))) }
        return Array(buffer[..<got])
    }
}

extension CaseDetail {
    /// How the case stands, as an act tells it that was done before.
    fileprivate func change(repeated: Bool) -> CaseChange {
        CaseChange(summary, stepTitle: stepTitle ?? summary.step.text, repeated: repeated, asOf: asOf)
    }
}
