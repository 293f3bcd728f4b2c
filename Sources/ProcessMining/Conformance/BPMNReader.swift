/// Reads a process in BPMN 2.0 (ISO/IEC 19510) as a Petri net: what can be told without data.
///
/// Taken: start and end events, tasks of every kind, call activities and collapsed subprocesses as activities, exclusive, parallel and
/// event-based gateways, intermediate events as routing. A task or event with several ways in takes any of them, with several ways out gives all
/// (BPMN 2.0 §13). Refused, with its line: inclusive and complex gateways, boundary events and expanded subprocesses, as guessing what they mean
/// would give a figure nobody could rely on.
enum BPMNReader {
    static func read(_ bytes: [UInt8]) throws(LogRefusal) -> PetriNet {
        var reader = XMLReader(BPMNSink())
        try reader.feed(bytes)
        try reader.finish()
        return try reader.sink.net()
    }
}

private struct BPMNSink: XMLSink {
    private enum Kind { case start, end, activity, choice, parallel, pass }

    private struct Node {
        let id: String
        let kind: Kind
        let name: String
    }

    private struct Flow {
        let source: String
        let target: String
        let line: Int
    }

    private var nodes: [Node] = []
    private var flows: [Flow] = []
    /// Inside a subprocess: how deep, from the element that opened it.
    private var path: [String] = []
    private var processes = 0

    mutating func open(_ tag: XMLTag) throws(LogRefusal) {
        let name = tag.localName.text
        defer { if !tag.isEmpty { path.append(name) } }
        if name == "process" {
            processes += 1
            guard processes == 1 else { throw LogRefusal(line: tag.line, "a second process: a model of one is read") }
        }
        if path.contains("subProcess"), name != "incoming", name != "outgoing", kind(name) != nil || name == "sequenceFlow" {
            throw LogRefusal(line: tag.line, "a subprocess with steps of its own, which is not read")
        }
        if ["inclusiveGateway", "complexGateway", "boundaryEvent"].contains(name) {
            throw LogRefusal(line: tag.line, "“\(name)”, which has no meaning without data and is not read")
        }
        if name == "sequenceFlow" {
            guard let source = try tag.text("sourceRef"), let target = try tag.text("targetRef") else {
                throw LogRefusal(line: tag.line, "a sequence flow without its two ends")
            }
            flows.append(Flow(source: source, target: target, line: tag.line))
        } else if let kind = kind(name) {
            guard let id = try tag.text("id") else { throw LogRefusal(line: tag.line, "a \(name) without an id") }
            nodes.append(Node(id: id, kind: kind, name: try tag.text("name") ?? ""))
        }
    }

    mutating func close(_ name: Bytes, line: Int) throws(LogRefusal) { _ = path.popLast() }

    private func kind(_ name: String) -> Kind? {
        switch name {
        case "startEvent": .start
        case "endEvent": .end
        case "task", "userTask", "serviceTask", "manualTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask", "callActivity", "subProcess":
            .activity
        case "exclusiveGateway", "eventBasedGateway": .choice
        case "parallelGateway": .parallel
        case "intermediateCatchEvent", "intermediateThrowEvent": .pass
        default: nil
        }
    }

    /// A place for each flow, one for the beginning and one for the end.
    func net() throws(LogRefusal) -> PetriNet {
        var number: [String: Int] = [:]
        for (index, node) in nodes.enumerated() { number[node.id] = index }
        var (ins, outs) = ([[Int]](repeating: [], count: nodes.count), [[Int]](repeating: [], count: nodes.count))
        for (place, flow) in flows.enumerated() {
            guard let source = number[flow.source], let target = number[flow.target] else {
                throw LogRefusal(line: flow.line, "a sequence flow from “\(flow.source)” to “\(flow.target)”, one of which is not there")
            }
            outs[source].append(place)
            ins[target].append(place)
        }
        let (begin, end) = (flows.count, flows.count + 1)
        var transitions: [PetriNet.Transition] = []
        func add(_ label: String?, _ takes: [Int], _ gives: [Int]) {
            transitions.append(
                PetriNet.Transition(
                    label: label, takes: Dictionary(takes.map { ($0, 1) }, uniquingKeysWith: +), gives: Dictionary(gives.map { ($0, 1) }, uniquingKeysWith: +)))
        }
        for (index, node) in nodes.enumerated() {
            switch node.kind {
            case .start: add(nil, [begin], outs[index])
            case .end: for way in ins[index] { add(nil, [way], [end]) }
            case .activity: for way in ins[index] { add(node.name.isEmpty ? nil : node.name, [way], outs[index]) }
            case .pass: for way in ins[index] { add(nil, [way], outs[index]) }
            case .choice: for way in ins[index] { for other in outs[index] { add(nil, [way], [other]) } }
            case .parallel: add(nil, ins[index], outs[index])
            }
        }
        guard nodes.contains(where: { $0.kind == .start }), nodes.contains(where: { $0.kind == .end }) else {
            throw LogRefusal("the process has no start event or no end event")
        }
        return PetriNet(placeCount: flows.count + 2, transitions: transitions, initial: [begin: 1], final: [end: 1])
    }
}
