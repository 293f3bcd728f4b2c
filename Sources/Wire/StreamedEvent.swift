/// An event as the live stream has it.
public struct StreamedEvent: WireBody {
    /// The case, or whatever else it happened to.
    public let stream: String
    public let event: EventView

    public init(stream: String, event: EventView) { (self.stream, self.event) = (stream, event) }
}
