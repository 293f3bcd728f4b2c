import Rostering

/// Instances small enough to know everything about, made from a seed.
enum SmallInstances {
    /// Two people, ten days, an early and a late shift; early may not follow late.
    static let text = """
        # two people
        SECTION_HORIZON
        10

        SECTION_SHIFTS
        E,480,
        L,420,E

        SECTION_STAFF
        Ann,E=4|L=10,2880,960,4,2,2,1
        Bo,E=10|L=10,3360,0,5,1,1,2

        SECTION_DAYS_OFF
        Ann,9

        SECTION_SHIFT_ON_REQUESTS
        Ann,0,E,3
        Bo,4,L,2

        SECTION_SHIFT_OFF_REQUESTS
        Bo,1,E,5

        SECTION_COVER
        0,E,1,100,1
        0,L,1,90,2
        1,E,0,100,7
        """

    /// An instance of so many days and people, by chance: limits near what binds, wishes and needs everywhere.
    static func random(_ seed: UInt64, days: Int, people: Int, shifts: Int) throws -> ShiftBenchmark {
        var chance = Chance(seed: seed)
        let names = ["E", "D", "L", "N"].prefix(shifts)
        var text = "SECTION_HORIZON\n\(days)\nSECTION_SHIFTS\n"
        for (index, name) in names.enumerated() { text += "\(name),\(480 - 60 * chance.below(3)),\(names.prefix(index).joined(separator: "|"))\n" }
        text += "SECTION_STAFF\n"
        for person in 0..<people {
            let most = names.map { "\($0)=\(chance.below(4) == 0 ? chance.below(3) : days)" }.joined(separator: "|")
            let longest = 2 + chance.below(3)
            let shifts = days / 2 + 1
            text +=
                "P\(person),\(most),\(480 * shifts),\(360 * chance.below(max(1, shifts - 1))),\(longest),\(1 + chance.below(2)),\(1 + chance.below(2)),\(chance.below(3))\n"
        }
        text += "SECTION_DAYS_OFF\n"
        for person in 0..<people where chance.below(2) == 0 { text += "P\(person),\(chance.below(days))\n" }
        for section in ["ON", "OFF"] {
            text += "SECTION_SHIFT_\(section)_REQUESTS\n"
            for person in 0..<people { text += "P\(person),\(chance.below(days)),\(names[chance.below(shifts)]),\(1 + chance.below(4))\n" }
        }
        text += "SECTION_COVER\n"
        for day in 0..<days { for name in names { text += "\(day),\(name),\(chance.below(people)),\(20 + chance.below(80)),\(1 + chance.below(3))\n" } }
        return try ShiftBenchmark(reading: text)
    }

    /// Every plan of an instance, one after the other.
    static func plans(_ problem: RosterProblem, _ body: ([UInt8]) -> Void) {
        var plan = [UInt8](repeating: 0, count: problem.people.count * problem.days)
        while true {
            body(plan)
            guard let at = plan.firstIndex(where: { Int($0) + 1 < problem.choices }) else { return }
            for lower in 0..<at { plan[lower] = 0 }
            plan[at] += 1
        }
    }
}
