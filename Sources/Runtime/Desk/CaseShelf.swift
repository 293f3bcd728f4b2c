import Disputes
import Synchronization

/// Cases lately worked on, so that a command need not read the whole stream again. Two generations: what was not touched while
/// one generation filled up is dropped with the next.
final class CaseShelf: Sendable {
    static let generationMax = 4_000

    private struct Books {
        var young: [CaseID: CaseFile] = [:]
        var old: [CaseID: CaseFile] = [:]
    }

    private let books = Mutex(Books())

    func file(_ id: CaseID) -> CaseFile? {
        books.withLock { books in
            if let file = books.young[id] { return file }
            guard let file = books.old.removeValue(forKey: id) else { return nil }
            books.young[id] = file
            return file
        }
    }

    /// Keeps the newer of what is there and `file`: two writers may come back in either order.
    func put(_ file: CaseFile) {
        guard let dispute = file.dispute else { return }
        books.withLock { books in
            let known = books.young[dispute.id]?.dispute?.version ?? books.old[dispute.id]?.dispute?.version ?? 0
            guard dispute.version >= known else { return }
            books.young[dispute.id] = file
            guard books.young.count > CaseShelf.generationMax else { return }
            books.old = books.young
            books.young = [:]
        }
    }

    func drop(_ id: CaseID) {
        books.withLock { books in
            books.young[id] = nil
            books.old[id] = nil
        }
    }
}
