import Chronicle
import Disputes
import Policies

/// What of a case is compared with decided ones.
public struct FeaturesView: WireBody {
    public let reason: ReasonCode
    public let rail: RailCode?
    public let filedBy: Filer?
    public let answered: Bool
    public let merchant: Bool
    public let jurisdiction: Jurisdiction?
    /// The binary order of magnitude of its worth.
    public let magnitude: Int?
    public let evidence: [Shown]

    public struct Shown: WireBody, Hashable {
        public let side: Side?
        public let type: EvidenceCode
    }

    enum CodingKeys: String, CodingKey {
        case reason, rail, answered, merchant, jurisdiction, magnitude, evidence
        case filedBy = "filed_by"
    }

    public init(_ features: CaseFeatures) {
        (reason, rail, filedBy, answered) = (features.reason, features.rail, features.filedBy, features.answered)
        (merchant, jurisdiction, magnitude) = (features.merchant, features.jurisdiction, features.magnitude)
        evidence = features.evidence.sorted().map { Shown(side: $0.side, type: $0.type) }
    }
}

/// A decided case beside the case in hand.
public struct PrecedentView: WireBody {
    public let id: CaseID
    public let short: String
    public let decided: Instant
    public let outcome: OutcomeCode
    public let fault: FaultCode
    /// 0 … 100.
    public let likeness: Int
    /// Does the pack call it a precedent?
    public let near: Bool
    /// Where it is not the same as the case in hand.
    public let differs: [Aspect]
    /// Was it itself decided unlike others, with a reason?
    public let deviates: Bool
    public let features: FeaturesView

    public init(_ neighbour: Neighbour, near: Int) {
        let known = neighbour.decided
        (id, short, decided) = (known.id, String(known.id.crockford.suffix(8)), known.at)
        (outcome, fault, deviates, features) = (known.outcome, known.fault, known.deviates, FeaturesView(known.features))
        (likeness, differs) = (neighbour.likeness.points, neighbour.likeness.differs)
        self.near = likeness >= near
    }
}

/// The decided cases nearest to a case, most alike first.
public struct PrecedentList: WireBody {
    public let here: FeaturesView
    public let nearest: [PrecedentView]
    /// From so many points on a decided case is a precedent.
    public let near: Int
    /// With fewer of them nobody is asked why they decide otherwise.
    public let needed: Int
    /// The outcome more than half of the precedents had.
    public let prevailing: OutcomeCode?
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case here, nearest, near, needed, prevailing
        case asOf = "as_of"
    }

    public init(_ found: Precedents, of dispute: Case, asOf: Int64) {
        here = FeaturesView(CaseFeatures(of: dispute))
        nearest = found.nearest.map { PrecedentView($0, near: found.near) }
        (near, needed, prevailing, self.asOf) = (found.near, found.needed, found.prevailing, asOf)
    }
}
