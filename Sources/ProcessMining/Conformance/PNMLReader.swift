/// Reads place/transition nets in PNML (ISO/IEC 15909-2), as ProM, PM4Py, Apromore and WoPeD write them.
///
/// Silent transitions are those without a name and those ProM's `toolspecific` calls `$invisible$`. The end is the first final marking, or a
/// token on the only place without a way out.
public enum PNMLReader {
    public static func read(_ bytes: [UInt8]) throws(LogRefusal) -> PetriNet {
        var reader = XMLReader(PNMLSink())
        try reader.feed(bytes)
        try reader.finish()
        return try reader.sink.net()
    }
}

private struct PNMLSink: XMLSink {
    static var wantsText: Bool { true }

    private struct Node {
        var id: String
        var name = ""
        var isSilent = false
        var tokens = 0
    }

    private struct Arc {
        var source: String
        var target: String
        var weight = 1
        var line: Int
    }

    private var path: [String] = []
    private var places: [Node] = []
    private var transitions: [Node] = []
    private var arcs: [Arc] = []
    private var finals: [[(place: String, tokens: Int)]] = []

    mutating func open(_ tag: XMLTag) throws(LogRefusal) {
        let name = tag.localName.text
        if path.isEmpty, name != "pnml" { throw LogRefusal(line: tag.line, "the document is a “\(tag.name.text)”, not a “pnml”") }
        if path.contains("finalmarkings") {
            if name == "marking" { finals.append([]) }
            if name == "place", !finals.isEmpty { finals[finals.count - 1].append((try tag.text("idref") ?? "", 1)) }
        } else if name == "place" || name == "transition" {
            guard let id = try tag.text("id") else { throw LogRefusal(line: tag.line, "a \(name) without an id") }
            if name == "place" { places.append(Node(id: id)) } else { transitions.append(Node(id: id)) }
        } else if name == "arc" {
            guard let source = try tag.text("source"), let target = try tag.text("target") else {
                throw LogRefusal(line: tag.line, "an arc without its two ends")
            }
            arcs.append(Arc(source: source, target: target, line: tag.line))
        } else if name == "toolspecific", path.last == "transition", try tag.text("activity") == "$invisible$" {
            transitions[transitions.count - 1].isSilent = true
        }
        if !tag.isEmpty { path.append(name) }
    }

    mutating func close(_ name: Bytes, line: Int) throws(LogRefusal) { _ = path.popLast() }

    mutating func text(_ bytes: Bytes, line: Int) throws(LogRefusal) {
        guard path.last == "text", path.count >= 3 else { return }
        let decoded = try XMLText.text(bytes, line: line)
        let trimmed = decoded.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        let text = String(trimmed)
        guard !text.isEmpty else { return }
        switch (path[path.count - 3], path[path.count - 2]) {
        case ("place", "name"): places[places.count - 1].name = text
        case ("transition", "name"): transitions[transitions.count - 1].name = text
        case ("place", "initialMarking"): places[places.count - 1].tokens = try number(text, line)
        case ("arc", "inscription"): arcs[arcs.count - 1].weight = try number(text, line)
        case ("marking", "place"):
            guard let marking = finals.indices.last, let place = finals[marking].indices.last else { return }
            finals[marking][place].tokens = try number(text, line)
        default: break
        }
    }

    private func number(_ text: String, _ line: Int) throws(LogRefusal) -> Int {
        guard let number = Int(text), (0...255).contains(number) else { throw LogRefusal(line: line, "“\(text)” is no number of tokens up to 255") }
        return number
    }

    func net() throws(LogRefusal) -> PetriNet {
        guard !places.isEmpty, !transitions.isEmpty else { throw LogRefusal("the model has no places or no transitions") }
        var placeNumber: [String: Int] = [:]
        for (index, place) in places.enumerated() { placeNumber[place.id] = index }
        var transitionNumber: [String: Int] = [:]
        for (index, transition) in transitions.enumerated() { transitionNumber[transition.id] = index }
        var takes = [[Int: Int]](repeating: [:], count: transitions.count)
        var gives = takes
        for arc in arcs {
            if let place = placeNumber[arc.source], let transition = transitionNumber[arc.target] {
                takes[transition][place, default: 0] += arc.weight
            } else if let transition = transitionNumber[arc.source], let place = placeNumber[arc.target] {
                gives[transition][place, default: 0] += arc.weight
            } else {
                throw LogRefusal(line: arc.line, "an arc from “\(arc.source)” to “\(arc.target)”, which does not join a place and a transition")
            }
        }
        let built = transitions.indices.map { index in
            let node = transitions[index]
            return PetriNet.Transition(label: node.isSilent || node.name.isEmpty ? nil : node.name, takes: takes[index], gives: gives[index])
        }
        return PetriNet(placeCount: places.count, transitions: built, initial: try initial(), final: try final(placeNumber, built))
    }

    private func initial() throws(LogRefusal) -> [Int: Int] {
        var initial: [Int: Int] = [:]
        for (index, place) in places.enumerated() where place.tokens > 0 { initial[index] = place.tokens }
        guard !initial.isEmpty else { throw LogRefusal("the model has no initial marking: nothing in it could ever begin") }
        return initial
    }

    private func final(_ number: [String: Int], _ transitions: [PetriNet.Transition]) throws(LogRefusal) -> [Int: Int] {
        if let marking = finals.first(where: { !$0.isEmpty }) {
            var final: [Int: Int] = [:]
            for entry in marking where entry.tokens > 0 {
                guard let place = number[entry.place] else { throw LogRefusal("the final marking names the place “\(entry.place)”, which is not there") }
                final[place] = entry.tokens
            }
            return final
        }
        let left = Set(transitions.flatMap { Array($0.takes.keys) })
        let sinks = places.indices.filter { !left.contains($0) }
        guard sinks.count == 1 else { throw LogRefusal("the model says no final marking, and has \(sinks.count) places without a way out") }
        return [sinks[0]: 1]
    }
}
