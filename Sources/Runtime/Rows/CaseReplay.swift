import Chronicle
import Dispatch
import Disputes
import EventStorage
import Glibc
import Policies
import Synchronization

/// The read models derived from the log alone: every case folded from its events, every row from the cases.
///
/// Given the log in order, in batches of any size. Streams are folded side by side in lanes, one a core: what order there is, is within a
/// stream. The outbox is not among the tables: what was sent is not all in the log.
public final class CaseReplay: Sendable {
    /// The tables that follow from the log.
    public static let tables =
        [
            CaseTables.cases, CaseTables.parties, CaseTables.tally, CaseTables.exhibits, CaseTables.penalties, CaseTables.precedents, CaseTables.survey,
            CaseTables.staff,
        ] + AttentionTables.derived

    private let lanes: [ReplayLane]
    private let counted = Mutex((events: Int64(0), cases: 0))

    /// - Parameters:
    ///   - ranks: how urgent each tier of each pack is.
    ///   - lanes: streams folded at the same time; by default as many as the machine has cores, up to eight.
    init(ranks: [PolicyHash: [TierCode: Int]], lanes: Int = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))) {
        self.lanes = (0..<lanes).map { _ in ReplayLane(ranks: ranks) }
    }

    /// Events folded so far.
    public var eventCount: Int64 { counted.withLock { $0.events } }
    /// Cases met so far.
    public var caseCount: Int { counted.withLock { $0.cases } }

    /// Folds the events and returns what they change in the rows: for each case that moved, its row as it is after the last of them.
    ///
    /// - Parameter earlier: where to look back. With it, closed cases are let go of, and read again when something still happens to them: of a
    ///   million cases most are closed, and keeping them takes gigabytes. Without it every case is kept.
    public func rows(for events: [StoredEvent], lookingBack earlier: (any EarlierEvents)? = nil) throws -> [RowChange] {
        var runs = [[StreamRun]](repeating: [], count: lanes.count)
        var places: [StreamID: (lane: Int, run: Int)] = [:]
        for event in events {
            let stream = event.envelope.stream
            if let place = places[stream] {
                runs[place.lane][place.run].events.append(event)
            } else if let kind = StreamRun.Kind(stream) {
                let lane = lane(of: stream)
                places[stream] = (lane, runs[lane].count)
                runs[lane].append(StreamRun(stream: stream, kind: kind, events: [event]))
            }
        }
        if let earlier { try lookBack(&runs, earlier) }
        let changes = try fold(runs, lettingGo: earlier != nil)
        counted.withLock { counted in
            counted.events += Int64(events.count)
            counted.cases += runs.joined().count { $0.kind == .dispute && $0.events.first?.envelope.version == 1 }
        }
        return changes.addingUpCounts()
    }

    /// The same stream always has the same lane, so that its case is there when it goes on.
    private func lane(of stream: StreamID) -> Int { Int(stream.text.utf8.last ?? 0) % lanes.count }

    private func lookBack(_ runs: inout [[StreamRun]], _ earlier: any EarlierEvents) throws {
        for lane in runs.indices {
            for run in runs[lane].indices {
                let (stream, version) = (runs[lane][run].stream, runs[lane][run].events[0].envelope.version)
                guard runs[lane][run].kind == .dispute, version > 1, !lanes[lane].keeps(stream) else { continue }
                runs[lane][run].past = try earlier.events(of: stream, through: version - 1)
            }
        }
    }

    private func fold(_ runs: [[StreamRun]], lettingGo: Bool) throws -> [RowChange] {
        let folded = Mutex([Result<[RowChange], any Error>](repeating: .success([]), count: lanes.count))
        DispatchQueue.concurrentPerform(iterations: lanes.count) { lane in
            let outcome = Result { try self.lanes[lane].fold(runs[lane], lettingGo: lettingGo) }
            folded.withLock { $0[lane] = outcome }
        }
        return try folded.withLock { $0 }.flatMap { try $0.get() }
    }
}

extension Desk {
    /// A replay that knows the tiers of every pack in the log.
    public func replay() async throws(DeskError) -> CaseReplay {
        CaseReplay(ranks: try await policies.all().mapValues { $0.tiers.mapValues(\.rank) })
    }
}

/// Events of one stream that stand in one batch, and those before them where they had to be looked up.
struct StreamRun: Sendable {
    enum Kind {
        case dispute
        case staff

        /// `nil` for streams no row follows from.
        init?(_ stream: StreamID) {
            if stream.text.hasPrefix(CaseNamed.idPrefix + "_") {
                self = .dispute
            } else if stream.text.hasPrefix(StaffMember.idPrefix + "_") {
                self = .staff
            } else {
                return nil
            }
        }
    }

    let stream: StreamID
    let kind: Kind
    var events: [StoredEvent]
    var past: [StoredEvent] = []
}

/// One number in one row.
private struct CountPlace: Hashable {
    let table: String
    let key: [RowValue]
    let column: String
}

extension [RowChange] {
    /// The same changes with all that is added to one count added at once: a batch of thousands of cases touches a few hundred counts.
    fileprivate func addingUpCounts() -> [RowChange] {
        var places: [CountPlace: Int] = [:]
        var summed: [RowChange] = []
        summed.reserveCapacity(count)
        for change in self {
            guard case .add(let table, let key, let column, let by) = change else {
                summed.append(change)
                continue
            }
            let count = CountPlace(table: table.name, key: key, column: column)
            if let place = places[count], case .add(_, _, _, let before) = summed[place] {
                summed[place] = .add(table, key: key, column: column, by: before + by)
            } else {
                places[count] = summed.count
                summed.append(change)
            }
        }
        return summed.filter { if case .add(_, _, _, by: 0) = $0 { false } else { true } }
    }
}
