import Chronicle
import Disputes
import Policies
import Timekeeping

/// Promises about time, evidence asked for, and what the exchange was told to do.
extension Columns {
    mutating func promise(_ body: ClockStarted, _ place: Place, _ dispute: Case, _ glossary: Glossary) {
        let clock = code(.clock, body.clock.text)
        index.openPromises[ColumnIndex.promise(place.row, clock)] = Int32(promises.count)
        promises.row.append(place.row)
        promises.clock.append(clock)
        promises.bound.append(glossary.bound(of: body.clock, regime: body.regime, under: dispute.policy))
        promises.started.append(body.started.milliseconds)
        promises.dueGross.append(body.due.milliseconds)
        promises.due.append(body.due.milliseconds)
        promises.met.append(never)
        promises.cancelled.append(never)
    }

    /// A pause moves only the net due instant; what was granted with a reason moves both.
    mutating func movePromise(_ clock: ClockCode, to due: Instant, _ place: Place, isGranted: Bool = false) {
        guard let code = words[.clock]?.known(clock.text), let open = index.openPromises[ColumnIndex.promise(place.row, code)] else { return }
        let promise = Int(open)
        if isGranted { promises.dueGross[promise] += due.milliseconds - promises.due[promise] }
        promises.due[promise] = due.milliseconds
    }

    mutating func endPromise(_ clock: ClockCode, _ place: Place, _ end: (inout PromiseColumns, Int, Int64) -> Void) {
        guard let code = words[.clock]?.known(clock.text),
            let open = index.openPromises.removeValue(forKey: ColumnIndex.promise(place.row, code))
        else { return }
        end(&promises, Int(open), place.ms)
    }

    mutating func ask(_ request: EvidenceRequest, _ place: Place) {
        let asked: CaseColumns.Marks = request.side == .filer ? .askedFiler : .askedOther
        if cases.marks[place.i].contains(asked) { cases.marks[place.i].insert(.askedAgain) }
        cases.marks[place.i].insert(asked)
        index.openRequests[request.id] = Int32(requests.count)
        requests.row.append(place.row)
        requests.side.append(request.side == .filer ? 0 : 1)
        requests.evidence.append(code(.evidence, request.types.map(\.text).joined(separator: "+")))
        requests.asked.append(request.asked.milliseconds)
        requests.ended.append(never)
        requests.ending.append(0)
    }

    mutating func endRequest(_ body: EvidenceRequestEnded, _ place: Place) {
        guard let open = index.openRequests.removeValue(forKey: body.request) else { return }
        requests.ended[Int(open)] = place.ms
        requests.ending[Int(open)] =
            switch body.how {
            case .answered: 1
            case .waived: 2
            case .lapsed: 3
            }
    }

    mutating func instruct(_ instruction: Instruction, _ place: Place) {
        index.openExecutions[instruction.id] = Int32(executions.count)
        executions.row.append(place.row)
        executions.decided.append(min(place.ms, cases.decidedLast[place.i]))
        executions.confirmed.append(never)
        executions.failed.append(never)
    }

    mutating func confirm(_ id: InstructionID, _ place: Place, _ dispute: Case) {
        if let open = index.openExecutions.removeValue(forKey: id) { executions.confirmed[Int(open)] = place.ms }
        guard let instruction = dispute.instructions.last(where: { $0.id == id }) else { return }
        switch instruction.kind {
        case .release, .returnToSeller, .split: free(place)
        default: break
        }
        recover(instruction.kind, place, dispute)
    }

    mutating func fail(_ id: InstructionID, _ place: Place) {
        if let open = index.openExecutions.removeValue(forKey: id) { executions.failed[Int(open)] = place.ms }
    }

    mutating func free(_ place: Place) {
        if cases.frozen[place.i] != never, cases.freed[place.i] == never { cases.freed[place.i] = place.ms }
    }

    /// What of the value in dispute went to the side that claims, at the price the case was opened with: the share of the amount, times the value.
    private mutating func recover(_ kind: Instruction.Kind, _ place: Place, _ dispute: Case) {
        let value = cases.value[place.i]
        guard value > 0, let filer = dispute.principal(.filer) else { return }
        let got: Amount?
        switch kind {
        case .release: got = dispute.order?.buyer == filer.id ? dispute.order?.amount : nil
        case .returnToSeller: got = dispute.order?.seller == filer.id ? dispute.order?.amount : nil
        case .split(_, let toBuyer, let toSeller): got = dispute.order?.buyer == filer.id ? toBuyer : dispute.order?.seller == filer.id ? toSeller : nil
        case .compensate(let party, let amount), .credit(let party, let amount): got = party == filer.id ? amount : nil
        case .deductDeposit(_, let to, let amount): got = to == filer.id ? amount : nil
        case .acceptChargeback, .represent, .returnToSender: got = nil
        }
        guard let got, let worth = worth(of: got, dispute) else { return }
        cases.recovered[place.i] += worth
    }

    /// `nil` for an asset the case was opened without a price of.
    private func worth(of got: Amount, _ dispute: Case) -> Int64? {
        if let value = dispute.value, value.asset == got.asset { return Int64(clamping: got.minorUnits) }
        guard let amount = dispute.amount, amount.asset == got.asset, amount.minorUnits > 0, let value = dispute.value else { return nil }
        let (product, overflow) = got.minorUnits.multipliedReportingOverflow(by: value.minorUnits)
        return overflow ? nil : Int64(clamping: product / amount.minorUnits)
    }
}
