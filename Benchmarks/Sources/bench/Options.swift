/// What was typed: a verb and `--name value` pairs.
struct Options {
    var verb = "figures"
    var store = "Data/bench"
    var pack = "Policy"
    var cases = 20_000
    var seed: UInt64 = 1
    var requests = 1_000
    var runs = 5
    var rebuilds = 1
    /// Writers at work while `serve` asks.
    var writers = 0
    /// Seconds of each durable figure.
    var seconds = 2.0

    struct Wrong: Error, CustomStringConvertible { let description: String }

    static let help = """
        bench [figures|pure|durable|fill|serve|prove|measures] [--store DIR] [--pack DIR] [--cases N] [--seed N] [--requests N] [--runs N] [--rebuilds N] [--writers N] [--seconds S]
          figures   everything in one run, in a folder below --store that is removed afterwards
          pure      of those, only what computes and never waits
          durable   of those, only what waits for the disk
          fill      fill a new store in --store with --cases cases, each decided by the real decider
          serve     what a desk asks of it: p50 and p99 of --requests requests each, while --writers work on it
          measures  every indicator over --cases cases, each decided by the real decider; columns and answers go to --store
          prove     verify its log, rebuild its rows, compare
        """

    init(_ arguments: [String]) throws(Wrong) {
        var rest = arguments[...]
        if let verb = rest.first, !verb.hasPrefix("--") {
            guard ["figures", "pure", "durable", "fill", "serve", "prove", "measures"].contains(verb) else { throw Wrong(description: Options.help) }
            self.verb = verb
            rest = rest.dropFirst()
        }
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw Wrong(description: "\(name) needs a value\n\(Options.help)") }
            switch name {
            case "--store": store = value
            case "--pack": pack = value
            case "--cases": cases = try Options.number(value, name)
            case "--seed": seed = UInt64(try Options.number(value, name))
            case "--requests": requests = try Options.number(value, name)
            case "--runs": runs = try Options.number(value, name)
            case "--rebuilds": rebuilds = try Options.number(value, name)
            case "--writers": writers = try Options.number(value, name)
            case "--seconds": seconds = Double(try Options.number(value, name))
            default: throw Wrong(description: "“\(name)” is not an option\n\(Options.help)")
            }
        }
    }

    private static func number(_ text: String, _ name: String) throws(Wrong) -> Int {
        guard let number = Int(text), number > 0 else { throw Wrong(description: "\(name) takes a whole number above 0, not “\(text)”") }
        return number
    }
}
