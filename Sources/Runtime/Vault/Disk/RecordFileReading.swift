/// Reading a record file from its beginning: every whole record in order, what is damaged, and where a torn end begins.
struct RecordFileReading {
    enum Found {
        case record(atByte: Int64, payload: ArraySlice<UInt8>)
        /// Something that was durable once cannot be read.
        case damaged(atByte: Int64)
    }

    private static let windowBytes = 4 << 20

    private let files: any FileSystemCalls
    private let file: OpenFile
    private let sizeBytes: Int64
    private var window: [UInt8] = []
    private var windowStart: Int64 = 0

    /// Opens, locks, reads and repairs; the second value is the length of the file, all of it durable.
    static func open(
        _ path: String, _ files: any FileSystemCalls, _ visit: (Found) throws(RecordFileError) -> Void
    ) throws(RecordFileError) -> (OpenFile, Int64) {
        try RecordFileError.onDisk { () throws(DiskError) in try files.makeDirectories(parentDirectory(of: path)) }
        let (file, isNew) = try RecordFileError.onDisk { () throws(DiskError) in
            let isNew = !files.exists(path)
            return (try files.open(path, .updating), isNew)
        }
        do throws(RecordFileError) {
            guard try RecordFileError.onDisk({ () throws(DiskError) in try files.lock(file) }) else { throw .busy(path: path) }
            if isNew { try RecordFileError.onDisk { () throws(DiskError) in try files.synchronizeDirectory(parentDirectory(of: path)) } }
            let size = try RecordFileError.onDisk { () throws(DiskError) in try files.attributes(of: file).sizeBytes }
            var reading = RecordFileReading(files: files, file: file, sizeBytes: size)
            let end = try reading.readAll(visit)
            try RecordFileError.onDisk { () throws(DiskError) in
                if end < size { try files.truncate(file, toBytes: end) }
                // What a dead process had written but not synchronised becomes durable before anyone builds on it.
                try files.synchronize(file)
            }
            return (file, end)
        } catch {
            files.close(file)
            throw error
        }
    }

    private init(files: any FileSystemCalls, file: OpenFile, sizeBytes: Int64) {
        (self.files, self.file, self.sizeBytes) = (files, file, sizeBytes)
    }

    private mutating func readAll(_ visit: (Found) throws(RecordFileError) -> Void) throws(RecordFileError) -> Int64 {
        var offset: Int64 = 0
        while offset < sizeBytes {
            if let (frame, record) = try record(at: offset) {
                try visit(.record(atByte: offset, payload: record[(record.startIndex + RecordFrame.headBytes)...].prefix(frame.payloadBytes)))
                offset += Int64(frame.sizeBytes)
            } else if let next = try recordCallingDurable(offset) {
                try visit(.damaged(atByte: offset))
                offset = next
            } else {
                return offset
            }
        }
        return offset
    }

    /// The next whole record after `offset` that was written when `offset` was durable already; `nil` when the file just ends there.
    private mutating func recordCallingDurable(_ offset: Int64) throws(RecordFileError) -> Int64? {
        var candidate = offset + 16
        var resumed: Int64?
        while candidate < sizeBytes {
            if let (frame, _) = try record(at: candidate), frame.durableBytes <= candidate {
                if resumed == nil { resumed = candidate }
                if frame.durableBytes > offset { return resumed }
                candidate += Int64(frame.sizeBytes)
            } else {
                candidate += 16
            }
        }
        return nil
    }

    private mutating func record(at offset: Int64) throws(RecordFileError) -> (RecordFrame, ArraySlice<UInt8>)? {
        guard let head = try bytes(at: offset, count: RecordFrame.headBytes), let length = RecordFrame.claimedPayloadBytes(head),
            let whole = try bytes(at: offset, count: RecordFrame.sizeBytes(payloadBytes: length)), let frame = RecordFrame(checking: whole)
        else { return nil }
        return (frame, whole)
    }

    /// `count` bytes from `offset`; `nil` when the file ends before.
    private mutating func bytes(at offset: Int64, count: Int) throws(RecordFileError) -> ArraySlice<UInt8>? {
        guard offset + Int64(count) <= sizeBytes else { return nil }
        if offset < windowStart || offset + Int64(count) > windowStart + Int64(window.count) {
            let (files, file) = (files, file)
            let wanted = Int(min(Int64(RecordFileReading.windowBytes), sizeBytes - offset))
            window = try RecordFileError.onDisk { () throws(DiskError) in try files.read(file, count: wanted, atByte: offset) }
            windowStart = offset
        }
        let start = Int(offset - windowStart)
        guard start + count <= window.count else { return nil }
        return window[start..<start + count]
    }
}
