import Chronicle
import Disputes
import Policies
import Timekeeping

/// How a case comes, changes hands, goes and comes back.
extension Columns {
    mutating func open(_ dispute: Case) {
        let row = Int32(cases.count)
        let instant = dispute.opened.milliseconds
        cases.add(
            dispute.id, openedAt: instant, hasOther: dispute.parties.contains { $0.side == .other },
            value: dispute.value.map { Int64(clamping: $0.minorUnits) } ?? -1)
        index.row[dispute.id] = row
        setCode(.caseType, dispute.type.text, row)
        setCode(.reason, dispute.reason.text, row)
        setCode(.rail, dispute.order?.rail?.text, row)
        setCode(.asset, dispute.amount?.asset.code, row)
        setCode(.jurisdiction, dispute.jurisdiction?.text, row)
        setCode(.language, dispute.language.text, row)
        setCode(.merchantTier, dispute.parties.lazy.compactMap(\.merchant).first?.tier, row)
        setCode(.policy, dispute.policy.short, row)
        setCode(.channel, dispute.channel, row)
        setCode(.tier, dispute.tier.text, row)
        setCode(.origin, dispute.simulated ? "rehearsal" : "life", row)
        beginSpell(row, at: instant)
        contact(row, at: instant, dispute)
    }

    /// A new case about the same order, or by the same person for the same reason, is a second contact about the earlier one.
    private mutating func contact(_ row: Int32, at instant: Int64, _ dispute: Case) {
        var claim = Fingerprint()
        claim.mix(dispute.claim.by.bits)
        claim.mix(dispute.reason.text)
        cases.claimPrint[Int(row)] = claim.value
        if let earlier = index.lastByClaim.updateValue(row, forKey: claim.value) { contactAgain(earlier, at: instant) }
        guard let order = dispute.order?.reference else { return }
        var print = Fingerprint()
        print.mix(order)
        cases.orderPrint[Int(row)] = print.value
        if let earlier = index.lastByOrder.updateValue(row, forKey: print.value) { contactAgain(earlier, at: instant) }
    }

    mutating func contactAgain(_ row: Int32, at instant: Int64) {
        guard cases.firstClosed[Int(row)] <= instant else { return }
        cases.contactedAgain[Int(row)] = min(cases.contactedAgain[Int(row)], instant)
    }

    mutating func assign(_ staff: StaffID, _ place: Place) {
        let agent = code(.agent, staff.description)
        guard let agents = Dimension.placeOfCases[.agent], let sites = Dimension.placeOfCases[.site] else { return }
        cases.codes[agents][place.i] = agent
        cases.codes[sites][place.i] = index.siteOfAgent[agent] ?? 0
    }

    /// Ends the interval the case was in, and begins another, when holder, class of waiting, phase or agent have changed.
    mutating func hand(_ row: Int32, at now: Instant, _ dispute: Case) {
        let open = Int(cases.openInterval[Int(row)])
        guard let last = dispute.timeline.intervals.last else { return }
        guard last.end == nil else {
            if open >= 0 { endInterval(open, at: last.end?.milliseconds ?? now.milliseconds, row) }
            return
        }
        // The last step is no stay: the case is closed by the event after it.
        guard dispute.phase != .closed else { return }
        let owner = dispute.owner.map { code(.agent, $0.description) } ?? 0
        let wait = WaitClass(last.holder, in: dispute.phase, isTaken: owner != 0)
        let (holder, phase) = (UInt8(last.holder.lane), dispute.phase.lane)
        if open >= 0 {
            guard
                intervals.holder[open] != holder || intervals.waitClass[open] != wait.rawValue || intervals.phase[open] != phase
                    || intervals.agent[open] != owner
            else { return }
        }
        // A machine's clock that jumps back never makes a negative interval.
        let start = max(last.start.milliseconds, open >= 0 ? max(now.milliseconds, intervals.start[open]) : last.start.milliseconds)
        if open >= 0 {
            if intervals.start[open] == start {
                (intervals.holder[open], intervals.waitClass[open], intervals.phase[open]) = (holder, wait.rawValue, phase)
                (intervals.agent[open], intervals.site[open]) = (owner, index.siteOfAgent[owner] ?? 0)
                return
            }
            endInterval(open, at: start, row)
        }
        cases.openInterval[Int(row)] = Int32(intervals.count)
        intervals.row.append(row)
        intervals.start.append(start)
        intervals.end.append(never)
        intervals.holder.append(holder)
        intervals.waitClass.append(wait.rawValue)
        intervals.phase.append(phase)
        intervals.agent.append(owner)
        intervals.site.append(index.siteOfAgent[owner] ?? 0)
    }

    private mutating func endInterval(_ open: Int, at instant: Int64, _ row: Int32) {
        let end = max(instant, intervals.start[open])
        intervals.end[open] = end
        cases.held[Int(intervals.holder[open])][Int(row)] += end - intervals.start[open]
        cases.openInterval[Int(row)] = noRow
    }

    private mutating func beginSpell(_ row: Int32, at instant: Int64) {
        cases.openSpell[Int(row)] = Int32(spells.count)
        spells.row.append(row)
        spells.opened.append(instant)
        spells.closed.append(never)
        spells.ending.append(0)
    }

    mutating func close(_ how: Stage.How, _ place: Place, _ dispute: Case) {
        let i = place.i
        let open = Int(cases.openSpell[i])
        if open >= 0 {
            spells.closed[open] = max(place.ms, spells.opened[open])
            spells.ending[open] = how.lane
            cases.openSpell[i] = noRow
        }
        if how != .merged, how != .timedOut { resolve(place, dispute) }
        cases.closed[i] = place.ms
        if cases.firstClosed[i] == never { (cases.firstClosed[i], cases.firstEnding[i]) = (place.ms, how.lane) }
        cases.ending[i] = how.lane
        setCode(.ending, how.rawValue, place.row)
    }

    mutating func reopen(_ place: Place, _ dispute: Case) {
        let i = place.i
        guard cases.closed[i] != never else { return }
        contactAgain(place.row, at: place.ms)
        let undone = cases.ending[i] == Stage.How.merged.lane
        // A merge that was undone reopens nothing that anybody had closed.
        if !undone, cases.firstReopened[i] == never { cases.firstReopened[i] = place.ms }
        if undone, cases.firstReopened[i] == never { (cases.firstClosed[i], cases.firstEnding[i]) = (never, 0) }
        cases.closed[i] = never
        cases.ending[i] = 0
        setCode(.ending, nil, place.row)
        beginSpell(place.row, at: place.ms)
    }

    /// The case that goes on is as old as the oldest that was merged into it.
    mutating func absorb(_ place: Place, _ dispute: Case) {
        var opened = cases.openedItself[place.i]
        for duplicate in dispute.links.duplicates {
            if let row = index.row[duplicate] { opened = min(opened, cases.openedItself[Int(row)]) }
        }
        cases.opened[place.i] = opened
    }
}
