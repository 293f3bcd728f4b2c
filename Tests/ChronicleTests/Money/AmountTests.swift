import Testing

@testable import Chronicle

@Suite("Amounts")
struct AmountTests {
    static func asset(_ code: String, _ decimals: Int) throws -> Asset { try #require(Asset(code: code, decimals: decimals)) }

    static func random(_ random: inout SeededGenerator) throws -> Amount {
        let bits = Int128(truncatingIfNeeded: UInt128(random.next()) << 64 | UInt128(random.next()))
        let units = random.element([bits >> Int128(random.int(0...127)), .min, .max, 0, -1, 1])
        return Amount(minorUnits: units, of: try asset(random.element(["USDT", "JPY", "BTC", "T-1.X"]), random.int(0...18)))
    }

    @Test(
        "Text and minor units agree",
        arguments: [
            ("1200.000000 USDT", 1_200_000_000, 6), ("500 JPY", 500, 0), ("-0.01 EUR", -1, 2), ("0.00 EUR", 0, 2), ("0.000000000000000001 ETH", 1, 18),
            ("-170141183460469231731687303715884105728 X", Int128.min, 0), ("170141183460469231731.687303715884105727 X", Int128.max, 18),
            ("-170141183460469231731.687303715884105728 X", Int128.min, 18),
        ])
    func known(text: String, units: Int128, decimals: Int) throws {
        let amount = try Amount(parsing: text)
        #expect(amount.minorUnits == units && Int(amount.asset.decimals) == decimals)
        #expect(amount.description == text)
    }

    @Test("What is written is read back", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let amount = try AmountTests.random(&random)
            #expect(try Amount(parsing: amount.description) == amount, "seed \(seed)")
            #expect(try Amount(number: amount.number, of: amount.asset) == amount, "seed \(seed)")
            #expect(try LedgerJSON.decode([Amount].self, from: LedgerJSON.encode([amount])) == [amount], "seed \(seed)")
        }
    }

    @Test(
        "Where the precision is known, fewer digits and further zeros are read",
        arguments: [
            ("12", 12_000_000), ("12.5", 12_500_000), ("12.500000000", 12_500_000), ("-0", 0), ("007", 7_000_000),
        ] as [(String, Int128)])
    func numbers(text: String, units: Int128) throws {
        #expect(try Amount(number: text, of: AmountTests.asset("USDT", 6)).minorUnits == units)
    }

    @Test(
        "What is no amount is refused",
        arguments: [
            "", " ", "1", "USDT", "1.2.3 USDT", "1. USDT", ".5 USDT", "1,5 USDT", "--1 USDT", "1- USDT", "+1 USDT", "1e3 USDT", "1 usdt", "1 USDT EUR",
            "1 ABCDEFGHIJKLM", "1.0000000000000000000 USDT", "- USDT", "-.5 USDT", "١ USDT", "1\tUSDT",
        ])
    func refused(text: String) { #expect(throws: AmountError.malformed(text)) { try Amount(parsing: text) } }

    @Test("A fraction of a minor unit is refused")
    func tooPrecise() throws {
        let asset = try AmountTests.asset("EUR", 2)
        #expect(throws: AmountError.malformed("1.005")) { try Amount(number: "1.005", of: asset) }
    }

    @Test(
        "More than the ledger can hold is refused",
        arguments: [
            "170141183460469231731687303715884105728 X", "-170141183460469231731687303715884105729 X", "999999999999999999999999999999999999999999 X",
            "340282366920938463463374607431768211456 X", "680564733841876926926749214863536422912 X",
        ])
    func tooLarge(text: String) { #expect(throws: AmountError.overflow) { try Amount(parsing: text) } }

    @Test("Adding commutes, subtracting undoes it, and running over is an error, not a crash", arguments: 0..<20 as Range<UInt64>)
    func addition(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let a = try AmountTests.random(&random)
            let b = Amount(minorUnits: try AmountTests.random(&random).minorUnits, of: a.asset)
            guard let sum = try? a.adding(b) else {
                #expect(throws: AmountError.overflow) { try b.adding(a) }
                continue
            }
            #expect(try b.adding(a) == sum && sum.subtracting(b) == a && sum.subtracting(a) == b, "seed \(seed)")
            #expect(try sum.adding(.zero(of: a.asset)) == sum)
        }
    }

    @Test("The midpoint lies between, is the same from both sides, and never runs over", arguments: 0..<20 as Range<UInt64>)
    func midpoint(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let a = try AmountTests.random(&random)
            let b = Amount(minorUnits: try AmountTests.random(&random).minorUnits, of: a.asset)
            let middle = try a.midpoint(with: b)
            let (low, high) = (min(a.minorUnits, b.minorUnits), max(a.minorUnits, b.minorUnits))
            #expect(low...high ~= middle.minorUnits, "seed \(seed)")
            #expect(try b.midpoint(with: a) == middle, "seed \(seed)")
            // The distance between two amounts may need all 128 bits.
            let (below, above) = (UInt128(truncatingIfNeeded: middle.minorUnits &- low), UInt128(truncatingIfNeeded: high &- middle.minorUnits))
            #expect(above == below || above == below + 1, "seed \(seed)")
        }
    }

    @Test("Different assets, or the same of different precision, are never mixed")
    func mixed() throws {
        let (six, eighteen) = (Amount.zero(of: try AmountTests.asset("USDT", 6)), Amount.zero(of: try AmountTests.asset("USDT", 18)))
        let refusal = AmountError.differentAssets(six.asset, eighteen.asset)
        #expect(throws: refusal) { try six.adding(eighteen) }
        #expect(throws: refusal) { try six.subtracting(eighteen) }
        #expect(throws: refusal) { try six.exceeds(eighteen) }
        #expect(throws: refusal) { try six.midpoint(with: eighteen) }
        #expect(refusal.description == "amounts of USDT (6 decimals) and USDT (18 decimals) cannot be combined")
    }

    @Test(
        "A share is rounded towards zero",
        arguments: [(999, 5_000, 499), (-999, 5_000, -499), (10_000, 1, 1), (9_999, 1, 0), (7, 10_000, 7), (7, 0, 0)] as [(Int128, Int, Int128)])
    func share(units: Int128, basisPoints: Int, expected: Int128) throws {
        let asset = try AmountTests.asset("USDT", 6)
        #expect(try Amount(minorUnits: units, of: asset).share(basisPoints: basisPoints).minorUnits == expected)
        #expect(throws: AmountError.overflow) { try Amount(minorUnits: .max, of: asset).share(basisPoints: 2) }
    }

    @Test("A comparison says which is more")
    func exceeds() throws {
        let asset = try AmountTests.asset("JPY", 0)
        #expect(try Amount(minorUnits: 2, of: asset).exceeds(Amount(minorUnits: 1, of: asset)))
        #expect(try !Amount(minorUnits: 1, of: asset).exceeds(Amount(minorUnits: 1, of: asset)))
        #expect(Amount(minorUnits: -1, of: asset).isNegative && Amount.zero(of: asset).isZero)
    }
}
