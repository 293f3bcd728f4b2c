import Chronicle
import Policies
import Testing
import Timekeeping

@Suite struct DefaultPackTests {
    @Test("The default pack loads without a complaint")
    func loads() {
        #expect(DefaultPack.loaded.diagnostics.isEmpty, "\(DefaultPack.loaded.diagnostics.map(\.description).joined(separator: "\n"))")
        #expect(DefaultPack.loaded.policy != nil)
    }

    @Test("There are 18 case types, 71 reasons and the outcomes, faults and causes of the register")
    func complete() throws {
        let policy = try DefaultPack.policy()
        #expect(policy.caseTypes.count == 18)
        #expect(policy.reasons.count == 71)
        #expect(Set(policy.reasons.values.map(\.caseType)) == Set(policy.caseTypes.keys))
        let register = "REL RET SPL CXL PSET CMP TOP RFX CRD RTS RCV NRC CPN GWL DEP ACC REP LFT KEP OFB LEH REF APO REJ INA WDN"
        for code in register.split(separator: " ") { #expect(policy.outcomes.keys.contains { $0.text == "OUT-\(code)" }, "OUT-\(code)") }
        #expect(policy.faults.keys.map(\.text).sorted() == ["FLT-3RD", "FLT-BANK", "FLT-BOTH", "FLT-BUY", "FLT-NONE", "FLT-PLAT", "FLT-SEL", "FLT-UNK"])
        #expect(policy.overturnCauses.values.filter(\.handlerError).map(\.code.text) == ["OVT-ERR"])
    }

    @Test("The regimes are those of the survey's table and one fallback")
    func regimes() throws {
        let table = """
            MICA-71 PSD2-101 DSA-20 FCA-DISP FCA-DISP-PSD REG-E REG-Z CFPB-PORTAL NYDFS-VCE CA-CCFPL/DFAL VARA CBUAE-EH DFSA/ADGM BNM-2025 SC-RMO \
            MAS-PSG03 SFC-12.3 JP-PSA KR-VAUPA TR-III35B1 BR-BCB520 AU-RG271 ID-OJK PH-BSP1160 TH-SEC TW-FCPA NG-SEC/CBN ZA-FAIS CA-CIRO BN-BDCB \
            BH-CBB CH/IN/VN
            """.split(separator: " ").map(String.init)
        let regimes = try DefaultPack.policy().regimes
        #expect(table.count == 32)
        #expect(Set(regimes.values.filter { !$0.isFallback }.map(\.code.text)) == Set(table))
        let fallback = try #require(regimes.values.first { $0.isFallback })
        #expect(fallback.acknowledge?.measure == .elapsed(.hours(24)))
        #expect(fallback.final?.measure == .calendarDays(30))
    }

    @Test("Numbers known only by heart stay marked", arguments: ["DFSA/ADGM", "PH-BSP1160", "ZA-FAIS", "CA-CIRO", "BH-CBB", "NG-SEC/CBN"])
    func unverified(_ code: String) throws {
        let regime = try #require(try DefaultPack.policy().regimes.values.first { $0.code.text == code })
        #expect(regime.provenance.confidence == .unverified)
        #expect(regime.final?.confidence == .low)
    }

    @Test("Silence of either side has a rule for every reason, and only the rule's reasons may be empty-handed")
    func silence() throws {
        for reason in try DefaultPack.policy().reasons.values {
            for rule in [reason.ifFilerSilent, reason.ifOtherSilent] {
                if case .outcome(let outcome, _, _, _, _) = rule { #expect(reason.outcomes.contains(outcome), "\(reason.code)") }
            }
            #expect(reason.needsNoEvidence == (reason.fromFiler + reason.fromOther).isEmpty, "\(reason.code)")
        }
    }

    @Test("Our own date for a card answer lies five days before the network's", arguments: [("visa", 30), ("mastercard", 45), ("amex", 20), ("discover", 30)])
    func cards(_ scheme: String, _ networkDays: Int) throws {
        let policy = try DefaultPack.policy()
        let clock = try #require(ClockCode("card-internal").flatMap { policy.clocks[$0] })
        #expect(clock.rule(for: Facts([.scheme: scheme]))?.measure == .calendarDays(networkDays - 5))
        let stage = try #require(SchemeCode(scheme).flatMap { policy.schemes[$0] }?.stages.first)
        #expect(stage.networkDays == networkDays)
        #expect(stage.internalLeadDays == 5)
    }

    @Test("A person answers within the minutes of the tier", arguments: [("T0", 5), ("T1", 15), ("T2", 60), ("T3", 480), ("T4", 1_440)] as [(String, Int64)])
    func firstReply(_ tier: String, _ minutes: Int64) throws {
        let clock = try #require(ClockCode("first-reply").flatMap { try? DefaultPack.policy().clocks[$0] })
        #expect(clock.rule(for: Facts([.tier: tier]))?.measure == .elapsed(.minutes(minutes)))
    }

    @Test("Zones and calendars give the due dates people expect")
    func calendars() throws {
        let policy = try DefaultPack.policy()
        let us = try policy.calendars.calendar(try #require(CalendarName("US")))
        // 10 business days from Friday 3 July 2026, the observed Independence Day: the first one is Monday the 6th.
        let from = try #require(Instant("2026-07-03T15:00:00Z"))
        let due = try us.adding(businessDays: 10, to: from)
        #expect(due == Instant("2026-07-18T04:00:00Z"))
        let desk = try policy.calendars.calendar(try #require(CalendarName("desk-kl")))
        #expect(try desk.isOpen(at: try #require(Instant("2026-01-01T03:00:00Z"))))
        #expect(policy.sites.map(\.code) == ["KL", "DUB", "BOG"])
    }

    @Test("Every letter is written in English and Spanish")
    func letters() throws {
        for letter in try DefaultPack.policy().letters.values {
            #expect(Set(letter.texts.keys.map(\.text)) == ["en", "es"], "\(letter.code)")
            let fields = letter.texts.values.map { $0.subject.fields.union($0.body.fields) }
            #expect(Set(fields).count == 1, "\(letter.code) speaks of other things in another language")
        }
    }
}
