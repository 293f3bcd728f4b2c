import Chronicle
import EventStorage

/// A store that tells what was asked of it before it is done, and what was acknowledged as soon as it was.
struct WitnessedStore: StandingBetween {
    let store: any EventStore
    let voice: Voice

    func append(_ append: Append) async throws(StoreError) -> Receipt {
        let correlation = append.events.first?.correlation.description
        if let correlation { voice.tell(.asked(correlation: correlation, stream: append.stream.text, events: append.events.count)) }
        let receipt = try await store.append(append)
        if let correlation {
            voice.tell(
                .appended(correlation: correlation, stream: append.stream.text, version: receipt.version, sequence: receipt.lastSequence))
        }
        return receipt
    }
}
