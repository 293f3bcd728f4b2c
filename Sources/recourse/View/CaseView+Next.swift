import Chronicle
import Disputes
import Policies
import Wire

extension CaseView {
    /// What can be done from here, as commands to copy.
    func showNext() {
        let commands = next
        print(screen.heading("What can be done next"))
        if commands.isEmpty { print("  Nothing; the case is at rest.") }
        let width = commands.map { displayWidth($0.command) }.max() ?? 0
        for (command, what) in commands {
            if width + displayWidth(what) + 6 <= screen.columns {
                print("  " + padded(command, to: width) + "  " + screen.faint(what))
            } else {
                print("  " + command)
            }
        }
        print(screen.faint("as of event \(detail.asOf)"))
    }

    var next: [(command: String, what: String)] {
        let acts = detail.acts
        var next: [(String, String)] = []
        func add(_ act: Act, _ words: String, _ what: String) { if acts.contains(act) { next.append(("recourse case \(words)", what)) } }
        let name = detail.order?.reference ?? summary.short
        let filer = account(.filer)
        let other = account(.other)
        if !isClosed, summary.owner == nil { next.append(("recourse case take \(name) --as HANDLE", "make it yours")) }
        add(.admit, "admit \(name) --as HANDLE", "find the claim admissible")
        if !detail.answered { add(.answer, "answer \(name) --disputes --as \(other)", "the other side answers") }
        add(.offer, "offer \(name) --to-buyer AMOUNT --as \(filer)", "offer to settle")
        add(.callStaff, "call-staff \(name) --as \(filer)", "ask for staff")
        for request in detail.requests.filter({ $0.ending == nil }).prefix(2) {
            let type = request.types.first?.text ?? "CODE"
            let chair = request.side == .filer ? filer : other
            next.append(("recourse case exhibit \(name) FILE --type \(type) --as \(chair)", "give what was asked"))
        }
        if detail.requests.contains(where: { $0.ending == nil || $0.ending == .lapsed }) {
            add(.giveNotice, "notice \(name) --to \(chairOwing) --as HANDLE", "warn who stays silent")
        }
        add(.requestEvidence, "request \(name) --of PARTY --types CODE --as HANDLE", "ask for evidence")
        add(.conclude, "conclude \(name) --as HANDLE", "enough is known")
        if acts.contains(.rule) { next.append((rule(name), "decide")) }
        add(.approve, "approve \(name) --as OTHER-HANDLE", "turn the second key")
        add(.execute, "execute \(name) --as HANDLE", "instruct again what failed")
        add(.appeal, "appeal \(name) --grounds TEXT --as \(filer)", "ask for another decision")
        if summary.phase == .appeal, let appeal = detail.appeals.last, appeal.panelSize > 1, appeal.votesIn < appeal.panelSize {
            add(.vote, "vote \(name) uphold --as HANDLE", "vote, unseen")
        }
        if acts.contains(.decideAppeal), !next.contains(where: { $0.0.contains("case vote") }) {
            add(.decideAppeal, "decide-appeal \(name) --result upheld --why TEXT --as HANDLE", "write the decision")
        }
        if summary.type.text == "COMPLAINT" { add(.respond, "respond \(name) --kind final --body TEXT --as HANDLE", "send the answer") }
        add(.recordScheme, "scheme \(name) --won --reference TEXT --as machine:acquirer", "what the network did")
        if isClosed { add(.reopen, "reopen \(name) --because TEXT --as HANDLE", "go on with it") }
        return next
    }

    private func rule(_ name: String) -> String {
        let outcome = detail.outcomes.first?.text ?? "CODE"
        let answers = detail.points.map { " --answer \($0.number)=TEXT" }.joined()
        return "recourse case rule \(name) --outcome \(outcome) --because TEXT --fault CODE --fault-because TEXT\(answers) --as HANDLE"
    }

    private func account(_ side: Side) -> String { principal(side)?.account.map { "account:\($0)" } ?? "PARTY" }

    private var chairOwing: String {
        let side = detail.requests.last { $0.ending == nil || $0.ending == .lapsed }?.side ?? .other
        return principal(side)?.capacity.rawValue ?? side.rawValue
    }
}
