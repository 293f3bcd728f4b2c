/// Reads a model of either notation, told apart by its first element.
public enum ModelReader {
    public static func read(_ bytes: [UInt8]) throws(LogRefusal) -> PetriNet {
        var sniffer = XMLReader(RootSink())
        do { try sniffer.feed(bytes) } catch { if sniffer.sink.root == nil { throw error } }
        switch sniffer.sink.root {
        case "pnml": return try PNMLReader.read(bytes)
        case "definitions": return try BPMNReader.read(bytes)
        case let root: throw LogRefusal("the model is " + (root.map { "a “\($0)”" } ?? "empty") + ": PNML and BPMN 2.0 are read")
        }
    }
}

private struct RootSink: XMLSink {
    var root: String?
    mutating func open(_ tag: XMLTag) throws(LogRefusal) { if root == nil { root = tag.localName.text } }
    mutating func close(_ name: Bytes, line: Int) throws(LogRefusal) {}
}
