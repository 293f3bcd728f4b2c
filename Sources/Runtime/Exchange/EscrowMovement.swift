import Chronicle

/// Something the parties did themselves to the escrow of an order.
public struct EscrowMovement: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The order was placed and the seller's coin went into escrow.
        case locked
        case markedPaid
        /// The seller released to the buyer.
        case released
        /// The buyer cancelled.
        case cancelled
        /// The payment window ran out and the coin went back.
        case expired
    }

    public var cursor: MovementCursor
    public var order: OrderReference
    public var kind: Kind
    public var amount: Amount
    public var occurred: Instant

    public init(cursor: MovementCursor, order: OrderReference, kind: Kind, amount: Amount, occurred: Instant) {
        (self.cursor, self.order, self.kind, self.amount, self.occurred) = (cursor, order, kind, amount, occurred)
    }
}

/// A place in the exchange's list of movements; grows.
public struct MovementCursor: Hashable, Comparable, Sendable, Codable {
    public let position: Int64
    public init(position: Int64) { self.position = position }
    public static let beginning = MovementCursor(position: 0)
    public static func < (a: MovementCursor, b: MovementCursor) -> Bool { a.position < b.position }
}

public struct MovementPage: Hashable, Sendable {
    public var movements: [EscrowMovement]
    /// Ask again after this.
    public var next: MovementCursor
    public init(movements: [EscrowMovement], next: MovementCursor) { (self.movements, self.next) = (movements, next) }
}
