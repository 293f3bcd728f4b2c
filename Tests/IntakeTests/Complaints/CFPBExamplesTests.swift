import Chronicle
import Intake
import Testing

/// Expected counts were taken with another parser (Python's `csv`) from the same files.
@Suite("Complaints in Examples")
struct CFPBExamplesTests {
    struct Expected: Sendable, CustomTestStringConvertible {
        let file: String
        let vocabulary: CFPBLayout.Vocabulary
        let complaints: Int
        let rejections: [RowRejection]
        let lastLine: Int
        let received: ClosedRange<String>
        let sentBeforeReceived: Int
        let distinct: [String: Int]
        let responses: [CFPBResponse: Int]
        let channels: [CFPBChannel: Int]
        let consents: [CFPBConsent: Int]
        let narratives: Int
        let late: Int
        let disputed: [Bool?: Int]
        let tags: [Set<CFPBTag>: Int]
        let derivedNames: Int
        var testDescription: String { file }
    }

    static let files: [Expected] = [
        Expected(
            file: "cfpb_2023-08_sample.csv", vocabulary: .download, complaints: 2_067,
            rejections: [RowRejection(line: 3_302, .notATable(.unterminatedQuote(openedOnLine: 3_302)))], lastLine: 3_301,
            received: "2012-01-13"..."2023-09-08", sentBeforeReceived: 0,
            distinct: ["product": 13, "issue": 66, "company": 177, "state": 50],
            responses: [
                .closedWithNonMonetaryRelief: 789, .closedWithExplanation: 627, .inProgress: 616, .closedWithMonetaryRelief: 33,
                .closedWithoutRelief: 2,
            ],
            channels: [.web: 2_000, .phone: 41, .referral: 17, .postalMail: 9],
            consents: [.provided: 389, .notProvided: 302, .other: 181, .notApplicable: 75, .withdrawn: 1],
            narratives: 389, late: 1, disputed: [nil: 2_053, false: 13, true: 1],
            tags: [[]: 1_929, [.servicemember]: 80, [.olderAmerican]: 45, [.olderAmerican, .servicemember]: 13], derivedNames: 0),
        Expected(
            file: "cfpb_2013-08_sample.csv", vocabulary: .catalogue, complaints: 1_000, rejections: [], lastLine: 1_001,
            received: "2013-08-30"..."2013-10-15", sentBeforeReceived: 23,
            distinct: ["product": 8, "issue": 56, "company": 202, "state": 50],
            responses: [
                .closedWithExplanation: 729, .closedWithNonMonetaryRelief: 157, .closedWithMonetaryRelief: 94, .closed: 19, .untimely: 1,
            ],
            channels: [.web: 691, .postalMail: 107, .referral: 92, .phone: 90, .fax: 19, .email: 1],
            consents: [:], narratives: 0, late: 16, disputed: [false: 789, true: 211],
            tags: [[]: 860, [.olderAmerican]: 82, [.servicemember]: 46, [.olderAmerican, .servicemember]: 12], derivedNames: 0),
        Expected(
            file: "cfpb_2023-06_10000.csv.gz", vocabulary: .search, complaints: 10_000, rejections: [], lastLine: 10_001,
            received: "2023-05-31"..."2023-06-30", sentBeforeReceived: 0,
            distinct: ["product": 9, "issue": 64, "company": 532, "state": 56],
            responses: [
                .closedWithExplanation: 5_520, .closedWithNonMonetaryRelief: 4_037, .inProgress: 242, .closedWithMonetaryRelief: 185,
                .untimely: 16,
            ],
            channels: [.web: 9_513, .phone: 365, .referral: 62, .postalMail: 51, .webReferral: 9],
            consents: [.provided: 4_393, .notProvided: 4_115, .other: 916, .notApplicable: 478, .withdrawn: 16],
            narratives: 0, late: 42, disputed: [nil: 10_000],
            tags: [[]: 9_174, [.servicemember]: 534, [.olderAmerican]: 228, [.olderAmerican, .servicemember]: 64], derivedNames: 0),
        Expected(
            file: "cfpb_2013-2017_disputed_3186.csv.gz", vocabulary: .download, complaints: 3_186, rejections: [], lastLine: 3_187,
            received: "2013-06-04"..."2017-02-23", sentBeforeReceived: 6,
            distinct: ["product": 11, "issue": 80, "company": 491, "state": 55],
            responses: [
                .closedWithExplanation: 2_489, .closedWithNonMonetaryRelief: 384, .closedWithMonetaryRelief: 216, .closed: 68,
                .untimely: 26, .inProgress: 3,
            ],
            channels: [.web: 2_233, .referral: 533, .phone: 200, .postalMail: 168, .fax: 52],
            consents: [.provided: 1_119, .notProvided: 830, .other: 70],
            narratives: 0, late: 93, disputed: [nil: 57, false: 2_534, true: 595], tags: [[]: 3_186], derivedNames: 3_186),
    ]

    @Test("Every row of a published file comes in, and what cannot is named", arguments: files)
    func whole(expected: Expected) throws {
        let (layout, complaints, rejections) = try read(expected.file)
        #expect(layout?.vocabulary == expected.vocabulary)
        #expect(complaints.count == expected.complaints)
        #expect(rejections == expected.rejections)
        #expect(complaints.last?.line == expected.lastLine)
        let days = complaints.map(\.received.date.description)
        #expect(days.min() == expected.received.lowerBound)
        #expect(days.max() == expected.received.upperBound)
        #expect(complaints.allSatisfy { $0.received.instant.description == "\($0.received.date)T17:00:00Z" })
        #expect(
            complaints.count { complaint in complaint.sentToCompany.map { $0.date < complaint.received.date } ?? true }
                == expected.sentBeforeReceived)
        #expect(
            expected.distinct == [
                "product": Set(complaints.map(\.product)).count, "issue": Set(complaints.map(\.issue)).count,
                "company": Set(complaints.map(\.company)).count, "state": Set(complaints.compactMap(\.state)).count,
            ])
        #expect(tally(complaints.map(\.companyResponse)) == expected.responses)
        #expect(tally(complaints.map(\.channel)) == expected.channels)
        #expect(tally(complaints.compactMap(\.consent)) == expected.consents)
        #expect(complaints.count { $0.narrative != nil } == expected.narratives)
        #expect(complaints.count { $0.timely == false } == expected.late)
        #expect(tally(complaints.map(\.disputed)) == expected.disputed)
        #expect(tally(complaints.map(\.tags)) == expected.tags)
        #expect(complaints.count { $0.id.isDerived } == expected.derivedNames)
    }

    @Test("No two rows share a name, and a second reading gives the same names", arguments: files)
    func names(expected: Expected) throws {
        let first = try read(expected.file).complaints.map(\.id.text)
        #expect(Set(first).count == expected.complaints)
        #expect(try read(expected.file).complaints.map(\.id.text) == first)
    }

    @Test("Eleven rows without a number equal another, and are counted on")
    func repeatedRows() throws {
        let names = try read("cfpb_2013-2017_disputed_3186.csv.gz").complaints.map(\.id.text)
        #expect(names.count { $0.split(separator: "-").count == 3 } == 11)
    }

    @Test("Bytes cut at any point give the same complaints", arguments: [1, 100, 4_093])
    func chunking(size: Int) throws {
        let bytes = Array(try Samples.bytes(Samples.path("complaints/cfpb_2023-08_sample.csv")).prefix(200_000))
        var whole = CFPBImport()
        let expected = try whole.feed(bytes) + whole.finish()
        var cut = CFPBImport()
        var rows: [CFPBImport.Row] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            rows += try cut.feed(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        rows += try cut.finish()
        #expect(rows == expected)
    }

    private func read(_ name: String) throws -> (layout: CFPBLayout?, complaints: [CFPBComplaint], rejections: [RowRejection]) {
        var intake = CFPBImport()
        let rows = try intake.feed(Samples.bytes(Samples.path("complaints/\(name)"))) + intake.finish()
        var (complaints, rejections): ([CFPBComplaint], [RowRejection]) = ([], [])
        for row in rows {
            switch row {
            case .success(let complaint): complaints.append(complaint)
            case .failure(let rejection): rejections.append(rejection)
            }
        }
        return (intake.layout, complaints, rejections)
    }
}

/// How often each value occurs.
func tally<Value: Hashable>(_ values: [Value]) -> [Value: Int] {
    values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}
