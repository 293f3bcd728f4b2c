/// A way a person can work: where, from when to when, and what they know. What a plan counts.
public struct ShiftKind: Sendable, Hashable {
    public let name: String
    public let site: String?
    /// Intervals worked, breaks left out; in a day that repeats counted round its end.
    public let works: [Int]
    public let skills: Set<String>
    /// What one costs, in any unit; 1 counts people.
    public let cost: Double
    /// The part of the shift that is worked on cases: what shrinkage and the occupancy ceiling leave.
    public let productive: Double

    public init(_ name: String, site: String? = nil, works: [Int], skills: Set<String> = [], cost: Double = 1, productive: Double = 1) {
        (self.name, self.site, self.works, self.skills, self.cost, self.productive) = (name, site, works, skills, cost, productive)
    }

    /// One shift of `length` intervals for every start in `starts`, in a day of `day` intervals.
    public static func of(length: Int, starts: some Sequence<Int>, day: Int, repeats: Bool = true, skills: Set<String> = []) -> [ShiftKind] {
        starts.map { start in
            ShiftKind(
                "from \(start)", works: (start..<start + length).filter { repeats || $0 < day }.map { $0 % day }, skills: skills)
        }
    }

    func can(_ skill: String?) -> Bool { skill.map(skills.contains) ?? true }
}
