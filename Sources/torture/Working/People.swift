import Chronicle
import Disputes
import Policies
import Runtime

/// Who works at this desk, and who comes to it.
enum People {
    /// Agent 0…7; each case is worked by whoever took it.
    static func agent(_ number: Int) -> StaffStanding { standing(100 + number, ["R2"], .l3) }

    /// The agent with this id.
    static func agent(_ id: StaffID) -> StaffStanding? { (0..<8).map(agent).first { $0.id == id } }
    static let secondKey = standing(200, ["R9"], .l3)
    static let senior = standing(300, ["R4"], .l4)

    /// Users trade with each other over and over.
    static let usersMax = 24
    static func party(_ user: Int) -> PartyID { PartyID(bits: UInt128(user + 1) | 1 << 100) }
    static func account(_ user: Int) -> String { "acc-\(user)" }

    private static func standing(_ number: Int, _ roles: [String], _ level: CertificateLevel) -> StaffStanding {
        StaffStanding(id: StaffID(bits: UInt128(number) | 1 << 101), roles: roles.compactMap(RoleCode.init), level: level)
    }
}

/// A code this program is sure of; what is not one fails loudly.
func code<Kind>(_ text: String) throws -> Code<Kind> {
    guard let code = Code<Kind>(text) else { throw Broken("“\(text)” is not a \(Kind.noun) code") }
    return code
}

/// Whole tethers.
func tether(_ units: Int) throws -> Amount { try Amount(parsing: "\(units).000000 USDT") }
