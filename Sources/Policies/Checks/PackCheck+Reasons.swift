import Chronicle

extension PackCheck {
    func checkReasons() {
        for (code, reason) in policy.reasons.sorted(by: { $0.key < $1.key }) {
            checkEvidence(of: reason)
            checkSilence(of: reason)
            if let type = policy.caseTypes[reason.caseType] {
                checkSides(of: reason, type)
                checkMoney(of: reason, type)
            }
            if reason.outcomes.isEmpty {
                log.error(.badValue, at: reading.place("reason \(code) outcomes"), "the reason “\(code)” can end in nothing")
            }
        }
        let filed = Set(policy.reasons.values.map(\.caseType))
        for code in policy.caseTypes.keys.sorted() where !filed.contains(code) {
            log.warning(.noReason, at: reading.place(of: code), "nobody can file a “\(code)”: no reason belongs to it")
        }
    }

    private func checkEvidence(of reason: Reason) {
        let none = reason.fromFiler.isEmpty && reason.fromOther.isEmpty
        if none, !reason.needsNoEvidence {
            log.error(
                .noEvidence, at: reading.place(of: reason.code), "the reason “\(reason.code)” asks nobody for evidence", hint: "say why in needs-no-evidence")
        } else if !none, reason.needsNoEvidence {
            log.error(.noEvidence, at: reading.place(of: reason.code), "the reason “\(reason.code)” needs no evidence and asks for some")
        }
    }

    private func checkSilence(of reason: Reason) {
        for (key, rule) in [("if-filer-silent", reason.ifFilerSilent), ("if-other-silent", reason.ifOtherSilent)] {
            guard case .outcome(let outcome, _, _, _, _) = rule, !reason.outcomes.contains(outcome) else { continue }
            log.error(
                .silenceOutcome, at: reading.place("reason \(reason.code) \(key)"),
                "silence leads to “\(outcome)”, which is not among the outcomes of “\(reason.code)”")
        }
    }

    private func checkSides(of reason: Reason, _ type: CaseType) {
        if type.sides == .one, reason.ifOtherSilent != .decideOnFile || !reason.fromOther.isEmpty {
            log.error(
                .sides, at: reading.place("reason \(reason.code) if-other-silent"),
                "“\(type.code)” has one side, and the reason “\(reason.code)” expects something of another")
        }
        let fits: Bool =
            switch reason.filer {
            case .buyer, .seller, .payer, .any: type.sides == .two
            case .user, .issuer, .regulator, .authority: type.sides == .one
            case .merchant: true
            }
        if !fits {
            log.error(
                .filer, at: reading.place("reason \(reason.code) filer"),
                "a \(reason.filer.rawValue) cannot file in “\(type.code)”, which has \(type.sides.rawValue) side\(type.sides == .one ? "" : "s")")
        }
    }

    /// An outcome that moves money needs a workflow that can move it.
    private func checkMoney(of reason: Reason, _ type: CaseType) {
        guard let workflow = policy.workflows[type.workflow] else { return }
        let settles = workflow.steps.values.contains { $0.onEntry.contains(.settle) }
        for outcome in reason.outcomes {
            guard let settlement = policy.outcomes[outcome]?.settlement, settlement != .none else { continue }
            if !settles {
                log.error(
                    .cannotSettle, at: reading.place("reason \(reason.code) outcomes"),
                    "“\(outcome)” moves money, and the workflow “\(workflow.code)” never settles")
            }
            let ofEscrow = settlement == .releaseToBuyer || settlement == .returnToSeller || settlement == .split
            if ofEscrow, !type.escrowHeld {
                log.error(
                    .cannotSettle, at: reading.place("reason \(reason.code) outcomes"), "“\(outcome)” moves coins in escrow, and “\(type.code)” holds none")
            }
        }
    }
}
