/// Reads a table (RFC 4180) from chunks of bytes, however they are cut.
///
/// Strict where leniency would guess: a quotation mark inside an unquoted field, text after a closing one, a wrong number of fields and
/// bytes that are not UTF-8 each cost that record, which is reported with its line; reading goes on with the next line. A file that
/// ends inside quotation marks costs everything after the mark. Lines may end in LF, CRLF or CR; a byte order mark is passed over;
/// a line without a single byte is no record. Works on bytes, in memory bounded by `CSVLimits` and the length of a chunk.
public struct CSVReader: Sendable {
    public typealias Row = Result<CSVRecord, RowRejection>

    /// How many fields each record must have; when not given, as many as the first has.
    public private(set) var columns: Int?
    private let limits: CSVLimits

    private enum State { case fieldStart, unquoted, quoted, closingQuote, skippedLine }
    private var state = State.fieldStart
    private var record = CSVRecord(line: 1)
    private var problem: CSVProblem?
    private var fieldStart = 0
    private var hasQuotedField = false
    private var quoteLine = 0
    private var line = 1
    private var lastWasCarriageReturn = false
    private var markBytesSeen: Int? = 0

    public init(columns: Int? = nil, limits: CSVLimits = .standard) {
        self.columns = columns
        self.limits = limits
    }

    /// The records that end in `chunk`, in order.
    public mutating func feed(_ chunk: UnsafeRawBufferPointer) -> [Row] {
        var rows: [Row] = []
        let index = passByteOrderMark(chunk, &rows)
        read(chunk, from: index, &rows)
        return rows
    }

    /// The records that end in `chunk`, in order.
    public mutating func feed(_ chunk: [UInt8]) -> [Row] {
        chunk.withUnsafeBytes { feed($0) }
    }

    /// The last record, when no line break ends it, or what is wrong with it. The reader is done afterwards.
    public mutating func finish() -> [Row] {
        var rows: [Row] = []
        if let seen = markBytesSeen, seen > 0 { giveUpByteOrderMark(seen, &rows) }
        if state == .quoted {
            problem = .unterminatedQuote(openedOnLine: quoteLine)
        }
        endRecord(&rows)
        return rows
    }

    private mutating func read(_ chunk: UnsafeRawBufferPointer, from first: Int, _ rows: inout [Row]) {
        var index = first
        while index < chunk.count {
            if lastWasCarriageReturn {
                lastWasCarriageReturn = false
                if chunk[index] == lineFeed {
                    if state == .quoted { store(chunk[index..<index + 1]) }
                    index += 1
                    continue
                }
            }
            switch state {
            case .fieldStart:
                if chunk[index] == quote {
                    (state, hasQuotedField, quoteLine) = (.quoted, true, line)
                    index += 1
                } else {
                    state = .unquoted
                }
            case .unquoted:
                let stop = endOfPlainText(chunk, index)
                if stop > index { store(chunk[index..<stop]) }
                index = stop
                if index < chunk.count {
                    separator(chunk[index], orElse: .strayQuote(column: record.count + 1), &rows)
                    index += 1
                }
            case .quoted:
                index = readQuoted(chunk, index)
            case .closingQuote:
                if chunk[index] == quote {
                    store(chunk[index..<index + 1])
                    state = .quoted
                } else {
                    separator(chunk[index], orElse: .textAfterQuote(column: record.count + 1), &rows)
                }
                index += 1
            case .skippedLine:
                if chunk[index] == lineFeed || chunk[index] == carriageReturn { separator(chunk[index], orElse: .recordTooLong, &rows) }
                index += 1
            }
        }
    }

    /// What may follow a field: a comma or the end of a line. Anything else is `problem`, and the rest of the line is passed over.
    private mutating func separator(_ byte: UInt8, orElse problem: CSVProblem, _ rows: inout [Row]) {
        switch byte {
        case comma:
            endField()
            state = .fieldStart
        case lineFeed, carriageReturn:
            endRecord(&rows)
            line += 1
            record.line = line
            lastWasCarriageReturn = byte == carriageReturn
        default:
            if self.problem == nil { self.problem = problem }
            state = .skippedLine
        }
    }

    /// Up to and with the next quotation mark or line break inside quotation marks.
    private mutating func readQuoted(_ chunk: UnsafeRawBufferPointer, _ first: Int) -> Int {
        var stop = first
        while stop < chunk.count {
            let byte = chunk[stop]
            if byte == quote {
                store(chunk[first..<stop])
                state = .closingQuote
                return stop + 1
            }
            if byte == lineFeed || byte == carriageReturn {
                line += 1
                if byte == carriageReturn {
                    lastWasCarriageReturn = true
                    store(chunk[first...stop])
                    return stop + 1
                }
            }
            stop += 1
        }
        store(chunk[first..<stop])
        return stop
    }

    private func endOfPlainText(_ chunk: UnsafeRawBufferPointer, _ first: Int) -> Int {
        var stop = first
        while stop < chunk.count {
            let byte = chunk[stop]
            if byte == comma || byte == lineFeed || byte == carriageReturn || byte == quote { break }
            stop += 1
        }
        return stop
    }

    private mutating func store(_ text: Slice<UnsafeRawBufferPointer>) {
        guard problem == nil else { return }
        if record.bytes.count - fieldStart + text.count > limits.fieldBytesMax {
            problem = .fieldTooLong(column: record.count + 1)
        } else if record.bytes.count + text.count > limits.recordBytesMax {
            problem = .recordTooLong
        } else {
            record.bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text))
        }
    }

    private mutating func endField() {
        guard problem == nil else { return }
        if record.ends.count == limits.columnsMax {
            problem = .tooManyColumns
        } else {
            record.ends.append(record.bytes.count)
            fieldStart = record.bytes.count
        }
    }

    private mutating func endRecord(_ rows: inout [Row]) {
        let isBlank = problem == nil && record.ends.isEmpty && record.bytes.isEmpty && !hasQuotedField
        if !isBlank {
            endField()
            rows.append(checked())
        }
        record.bytes.removeAll(keepingCapacity: true)
        record.ends.removeAll(keepingCapacity: true)
        (state, problem, fieldStart, hasQuotedField) = (.fieldStart, nil, 0, false)
    }

    private mutating func checked() -> Row {
        if let problem { return .failure(RowRejection(line: record.line, .notATable(problem))) }
        let expected = columns ?? record.count
        if record.count != expected {
            return .failure(RowRejection(line: record.line, .notATable(.fieldCount(expected: expected, found: record.count))))
        }
        if let broken = record.firstBrokenField {
            return .failure(RowRejection(line: record.line, .notATable(.notUTF8(column: broken + 1))))
        }
        columns = expected
        return .success(record)
    }
}

extension CSVReader {
    /// The index of the first byte that is not part of a byte order mark at the very beginning.
    private mutating func passByteOrderMark(_ chunk: UnsafeRawBufferPointer, _ rows: inout [Row]) -> Int {
        var index = 0
        while let seen = markBytesSeen, index < chunk.count {
            if chunk[index] != byteOrderMark[seen] {
                giveUpByteOrderMark(seen, &rows)
            } else {
                index += 1
                markBytesSeen = seen + 1 == byteOrderMark.count ? nil : seen + 1
            }
        }
        return index
    }

    /// What looked like the beginning of a mark was text.
    private mutating func giveUpByteOrderMark(_ seen: Int, _ rows: inout [Row]) {
        markBytesSeen = nil
        byteOrderMark.withUnsafeBytes { read(UnsafeRawBufferPointer(rebasing: $0[..<seen]), from: 0, &rows) }
    }
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
private let lineFeed: UInt8 = 10
private let carriageReturn: UInt8 = 13
private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
