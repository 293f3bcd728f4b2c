/// Erlang's loss formula: the part of callers who find every agent busy and are turned away.
public enum ErlangB {
    /// `load` in erlangs (arrivals × handling time). By the recursion B(k) = aB/(k + aB), which holds to millions of agents where factorials overflow.
    public static func blocking(agents: Int, load: Double) -> Double {
        guard load > 0 else { return agents <= 0 ? 1 : 0 }
        var blocking = 1.0
        for k in 1..<max(1, agents) + 1 where k <= agents {
            blocking = load * blocking / (Double(k) + load * blocking)
            // Once it is nothing it stays nothing.
            if blocking < 1e-300 { return 0 }
        }
        return blocking
    }
}
