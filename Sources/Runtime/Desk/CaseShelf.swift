import Disputes
import Synchronization

/// Cases lately worked on, so that a command need not read the whole stream again. Two generations: what was not touched while
/// one generation filled up is dropped with the next.
///
/// A commit is seen by others, through the rows that came with it, before whoever made it hears of it. So while somebody writes a case, the shelf
/// knows nothing of it and the log is asked; and what was read of a case before a write began is not kept after it.
final class CaseShelf: Sendable {
    static let generationMax = 4_000

    /// A reading of a case from the log, while it lasts.
    typealias Reading = UInt64

    private struct Books {
        var young: [CaseID: CaseFile] = [:]
        var old: [CaseID: CaseFile] = [:]
        /// How many are writing each case.
        var writers: [CaseID: Int] = [:]
        /// Readings nobody has written past.
        var readings: [CaseID: Set<Reading>] = [:]
        var lastReading: Reading = 0
    }

    private let books = Mutex(Books())

    /// `nil` for a case that is not here, or is being written.
    func file(_ id: CaseID) -> CaseFile? {
        books.withLock { books in
            guard books.writers[id] == nil else { return nil }
            if let file = books.young[id] { return file }
            guard let file = books.old.removeValue(forKey: id) else { return nil }
            books.young[id] = file
            return file
        }
    }

    /// Before a case is read from the log; `nil` where what is read cannot be kept, because somebody writes it.
    func beginReading(_ id: CaseID) -> Reading? {
        books.withLock { books in
            guard books.writers[id] == nil else { return nil }
            books.lastReading += 1
            books.readings[id, default: []].insert(books.lastReading)
            return books.lastReading
        }
    }

    /// Keeps what was read, unless somebody began to write the case meanwhile.
    func endReading(_ id: CaseID, _ reading: Reading?, _ file: CaseFile?) {
        books.withLock { books in
            guard let reading, books.readings[id]?.remove(reading) != nil else { return }
            if books.readings[id]?.isEmpty == true { books.readings[id] = nil }
            if let file { CaseShelf.put(file, in: &books) }
        }
    }

    /// Before a case is written. Every `beginWriting` has its `endWriting`.
    func beginWriting(_ id: CaseID) {
        books.withLock { books in
            books.writers[id, default: 0] += 1
            books.readings[id] = nil
        }
    }

    /// - Parameter file: the case as it was written; `nil` where it was not, or nobody knows.
    func endWriting(_ id: CaseID, _ file: CaseFile?) {
        books.withLock { books in
            let left = (books.writers[id] ?? 1) - 1
            books.writers[id] = left > 0 ? left : nil
            guard let file else {
                books.young[id] = nil
                books.old[id] = nil
                return
            }
            CaseShelf.put(file, in: &books)
        }
    }

    /// Keeps the newer of what is there and `file`: two writers may come back in either order.
    private static func put(_ file: CaseFile, in books: inout Books) {
        guard let dispute = file.dispute else { return }
        let known = books.young[dispute.id]?.dispute?.version ?? books.old[dispute.id]?.dispute?.version ?? 0
        guard dispute.version >= known else { return }
        books.young[dispute.id] = file
        guard books.young.count > CaseShelf.generationMax else { return }
        books.old = books.young
        books.young = [:]
    }
}
