import Disputes

extension Instruction.Kind {
    /// The kind in one word, for scripts: for ever.
    public var name: String {
        switch self {
        case .release: "release"
        case .returnToSeller: "return-to-seller"
        case .split: "split"
        case .compensate: "compensate"
        case .deductDeposit: "deduct-deposit"
        case .credit: "credit"
        case .acceptChargeback: "accept-chargeback"
        case .represent: "represent"
        case .returnToSender: "return-to-sender"
        }
    }
}
