/// What the Erlang queues tend to with many agents and n = a + β√a (Halfin and Whitt 1981; Garnett, Mandelbaum and Reiman 2002): seeds and checks.
public enum ManyAgents {
    /// The part who wait, without impatience; β above 0.
    public static func waiting(beta: Double) -> Double {
        1 / (1 + beta * Normal.below(beta) / Normal.density(beta))
    }

    /// The part who wait, with impatience; `ratio` is impatience over service rate.
    public static func waiting(beta: Double, impatience ratio: Double) -> Double {
        let scaled = beta / ratio.squareRoot()
        func hazard(_ x: Double) -> Double { Normal.density(x) / Normal.below(-x) }
        return 1 / (1 + ratio.squareRoot() * hazard(scaled) / hazard(-beta))
    }
}
