/// Whom or what a case waits for between two events. A tool that does not tell these apart blames people for clocks.
public enum WaitClass: String, Hashable, Sendable, CaseIterable {
    /// For somebody of ours to take it up.
    case queue
    /// For nobody: it is being worked on.
    case work
    /// For the customer or another party of the case.
    case customer
    /// For a vendor, another company, another department.
    case thirdParty = "third party"
    /// For a clock that closes or moves it after a fixed time: a rule, and nobody's delay.
    case timer
    /// The log does not tell.
    case untold = "not told"
}

/// What the names of two events say about the time between them.
enum WaitNames {
    private static let waiting = ["wait", "await", "pending", "on hold", "attesa", "espera"]
    private static let customers = ["user", "customer", "client", "caller", "applicant", "claimant", "requester", "buyer", "seller", "party info"]
    private static let others = ["vendor", "supplier", "third", "external", "partner", "implementation", "problem", "evidence", "change"]
    private static let queues = [
        "queue", "awaiting assignment", "assigned", "assegnato", "assign", "new", "nuovo", "unassigned", "backlog", "submitted", "registered",
    ]
    private static let takings = ["take in charge", "accept", "pick up", "take up", "begin", "claimed by", "assign"]
    private static let works = ["in progress", "take in charge", "in lavorazione", "working", "investigat", "handle", "review"]

    /// A class and the words it was told by; `nil` when the names say nothing.
    static func tell(from: String, to: String) -> (WaitClass, String)? {
        let (from, to) = (from.lowercased(), to.lowercased())
        if let told = lifecycle(from, to) { return told }
        let isWaiting = waiting.contains { from.contains($0) }
        if isWaiting, let word = customers.first(where: { from.contains($0) }) { return (.customer, "“\(word)” in the name of what it waits in") }
        if let word = queues.first(where: { says(from, $0) }) { return (.queue, "“\(word)” in the name of what it waits in") }
        if isWaiting, let word = others.first(where: { from.contains($0) }) { return (.thirdParty, "“\(word)” in the name of what it waits in") }
        if isWaiting { return (.untold, "it waits, and the log does not say for whom") }
        if from != to, let word = takings.first(where: { says(to, $0) }) { return (.queue, "it ends when somebody takes it up (“\(word)”)") }
        if let word = works.first(where: { from.contains($0) }) { return (.work, "“\(word)” in the name of what it is in") }
        return nil
    }

    /// Start to completion of one activity is work, completion to a start is a queue (XES lifecycle extension).
    private static func lifecycle(_ from: String, _ to: String) -> (WaitClass, String)? {
        guard let (fromName, fromStep) = parted(from), let (toName, toStep) = parted(to) else { return nil }
        let begun = ["start", "resume"].contains(fromStep)
        if begun, fromName == toName, ["complete", "suspend"].contains(toStep) { return (.work, "from its start to its completion") }
        if ["complete", "schedule", "suspend"].contains(fromStep), toStep == "start" { return (.queue, "from a completion to the next start") }
        return nil
    }

    private static func parted(_ name: String) -> (Substring, Substring)? {
        guard let plus = name.lastIndex(of: "+") else { return nil }
        return (name[..<plus], name[name.index(after: plus)...])
    }

    /// As a word of its own: “new” is not in “renewal”.
    private static func says(_ name: String, _ word: String) -> Bool {
        for range in name.ranges(of: word) {
            let before = range.lowerBound == name.startIndex ? nil : name[name.index(before: range.lowerBound)]
            if before?.isLetter != true { return true }
        }
        return false
    }
}
