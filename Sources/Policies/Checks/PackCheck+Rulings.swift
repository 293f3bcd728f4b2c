import Chronicle

extension PackCheck {
    /// Penalties can be ordered; authority grows with the certificate; panels cannot tie.
    func checkRulings() {
        var bySeverity: [Int: PenaltyCode] = [:]
        for (code, penalty) in policy.penalties.sorted(by: { $0.key < $1.key }) {
            if let other = bySeverity[penalty.severity] {
                log.error(
                    .severityTwice, at: reading.place("penalty \(code) severity"),
                    "“\(code)” and “\(other)” have the same severity, so neither absorbs the other")
            }
            bySeverity[penalty.severity] = code
        }
        let limits = policy.authority.limits
        for (index, pair) in zip(limits, limits.dropFirst()).enumerated() {
            let grows = pair.0.level < pair.1.level && pair.0.valueMax.minorUnits < pair.1.valueMax.minorUnits
            guard !grows else { continue }
            log.error(
                .limitsNotIncreasing, at: reading.place("limit \(index + 1)"),
                "\(pair.1.level.rawValue) may decide up to \(pair.1.valueMax) after \(pair.0.level.rawValue) up to \(pair.0.valueMax); both must grow")
        }
        if let highest = limits.last, policy.authority.fourEyesAbove.minorUnits > highest.valueMax.minorUnits {
            log.error(
                .fourEyesOutOfReach, at: reading.place("four-eyes-above"),
                "a second key is needed above \(policy.authority.fourEyesAbove), and nobody may decide about more than \(highest.valueMax)")
        }
        for rung in policy.appeals.rungs {
            if rung.panelSize % 2 == 0 {
                log.error(.evenPanel, at: reading.place("rung \(rung.level.rawValue)"), "a panel of \(rung.panelSize) can tie", hint: "panels are odd")
            }
            let acts = policy.roles[rung.role]?.grants ?? [:]
            if acts[.vote] == nil || acts[.decideAppeal] == nil {
                log.error(
                    .nobodyVotes, at: reading.place("rung \(rung.level.rawValue) role"),
                    "the role “\(rung.role)” decides appeals of \(rung.level.rawValue) and is not granted vote-on-appeal and decide-appeal")
            }
        }
    }

    /// Every act a machine does not do is somebody's; and nobody confirms or reviews their own ruling.
    func checkRoles() {
        let roles = policy.roles.sorted { $0.key < $1.key }
        for act in Act.allCases where !Act.ofMachines.contains(act) && !roles.contains(where: { $0.value.grants[act] != nil }) {
            log.error(.notGranted, at: PackPlace(file: ParsedPack.Table.roles.path), "no role is granted “\(act.rawValue)”")
        }
        for (code, role) in roles {
            for act in [Act.approve, .returnRuling, .vote, .decideAppeal] {
                guard let relation = role.grants[act], relation != .independent else { continue }
                log.error(
                    .ownRuling, at: reading.place("role \(code) grant \(act.rawValue)"),
                    "“\(code)” could do “\(act.rawValue)” on their own ruling", hint: "grant it as “independent”")
            }
        }
    }
}
