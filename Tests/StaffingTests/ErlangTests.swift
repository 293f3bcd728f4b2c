import Testing

@testable import Staffing

/// Beside 40-digit values computed apart from this code, and beside laws.
@Suite("Erlang's queues")
struct ErlangTests {
    @Test(
        "The loss formula is exact",
        arguments: [
            (5, 2, 0.0366972477064), (10, 5, 0.0183845703366), (10, 8, 0.121661064253), (20, 15, 0.0455932155898), (50, 40, 0.0186906711096),
            (100, 90, 0.0269573804644), (200, 190, 0.0279681644587), (1_000, 980, 0.0138312101291),
        ] as [(Int, Double, Double)])
    func loss(agents: Int, load: Double, expected: Double) {
        #expect(abs(ErlangB.blocking(agents: agents, load: load) - expected) < 1e-12)
    }

    @Test(
        "The part who wait is exact",
        arguments: [
            (1, 0.5, 0.5), (2, 1, 0.333333333333), (5, 4, 0.554112554113), (10, 8, 0.409180150796), (20, 18, 0.550769004816), (50, 45, 0.363864467207),
            (100, 95, 0.506456853913), (200, 190, 0.365263856563), (500, 480, 0.266512519962), (1_000, 980, 0.412200292365),
        ] as [(Int, Double, Double)])
    func waiting(agents: Int, load: Double, expected: Double) {
        #expect(abs(ErlangC(agents: agents, load: load).waiting - expected) < 1e-12)
    }

    @Test(
        "The textbook's half hour: 250 calls of 210 s, answered within 20 s",
        arguments: [
            (30, 0.82799, 0.23519, 208.653), (31, 0.65233, 0.45218, 74.722), (32, 0.50695, 0.61294, 37.574), (33, 0.38833, 0.73044, 21.274),
            (34, 0.29302, 0.81508, 12.731), (36, 0.15906, 0.91703, 4.888), (38, 0.08072, 0.96520, 1.919), (40, 0.03817, 0.98640, 0.7399),
            (42, 0.01678, 0.99506, 0.2745),
        ] as [(Int, Double, Double, Double)])
    func textbook(agents: Int, waiting: Double, level: Double, seconds: Double) {
        let queue = ErlangC(agents: agents, load: 250 * 210 / 1_800.0)
        #expect(abs(queue.waiting - waiting) < 5.1e-6)
        #expect(abs(queue.serviceLevel(within: 20 / 210.0) - level) < 5.1e-6)
        #expect(abs(queue.averageWait * 210 - seconds) < 6e-4)
    }

    @Test(
        "The fewest agents, by exact search",
        arguments: [
            (100, 30, 180, 0.8, 20, 14), (100, 30, 240, 0.8, 20, 17), (100, 30, 300, 0.8, 20, 21), (200, 30, 240, 0.8, 20, 32), (250, 30, 210, 0.8, 20, 34),
            (400, 15, 300, 0.8, 20, 142), (1_000, 60, 180, 0.9, 30, 57), (20, 60, 600, 0.8, 60, 6), (1_600, 30, 300, 0.8, 20, 278),
            (60, 60, 3_600, 0.95, 14_400, 61),
        ] as [(Double, Double, Double, Double, Double, Int)])
    func fewest(calls: Double, minutes: Double, handling: Double, part: Double, within: Double, expected: Int) {
        let needed = AgentsNeeded(load: calls * handling / (minutes * 60), target: LiveTarget(serviceLevel: (part, within / handling)))
        #expect(needed.result.agents == expected)
    }

    @Test(
        "With impatience: exact",
        arguments: [
            (10, 1, 1, 10, 0.542070285528, 0.125110035721, 0.125110035721), (10, 1, 0.5, 10, 0.619655230884, 0.103913212326, 0.207826424653),
            (50, 1, 0.5, 50, 0.601167651751, 0.0466845859148, 0.0933691718295), (50, 1, 1, 45, 0.778959767375, 0.119139594028, 0.119139594028),
            (100, 1, 1, 100, 0.513298798279, 0.0398609968091, 0.0398609968091), (100, 1, 0.2, 105, 0.424468400444, 0.00941982506234, 0.0470991253117),
            (20, 0.1, 0.05, 200, 0.593526180976, 0.0233626537179, 0.467253074358), (90, 3, 6, 30, 0.443350400343, 0.0849916678667, 0.0141652779778),
            (48, 1, 0.5, 50, 0.467774, 0.0309122, 3.70947 / 60),
        ] as [(Double, Double, Double, Int, Double, Double, Double)])
    func impatience(arrivals: Double, service: Double, impatience: Double, agents: Int, waiting: Double, abandoning: Double, wait: Double) throws {
        let queue = try #require(ErlangA(agents: agents, arrivalRate: arrivals, serviceRate: service, impatienceRate: impatience))
        // The last row is the worked example, of which six digits are known.
        let tolerance = arrivals == 48 ? 1e-6 : 1e-11
        #expect(abs(queue.waiting - waiting) < tolerance)
        #expect(abs(queue.abandoning - abandoning) < tolerance)
        #expect(abs(queue.averageWait - wait) < tolerance)
        #expect(abs(queue.abandoning - impatience * queue.averageWait) < 1e-12)
    }

    @Test("Mandelbaum and Zeltyn's example: nine of ten wait less than 12.4446 s, agents are busy 93.0324 % of the time")
    func example() throws {
        let queue = try #require(ErlangA(agents: 50, arrivalRate: 48, serviceRate: 1, impatienceRate: 0.5))
        #expect(abs(queue.wait(of: 0.9) * 60 - 12.4446) < 1e-3)
        #expect(abs(queue.occupancy - 0.930324) < 1e-6)
        let patient = ErlangC(agents: 50, load: 48)
        #expect(abs(patient.wait(of: 0.9) * 60 - 58.1387) < 1e-3)
        #expect(abs(patient.averageWait * 60 - 20.8337) < 1e-3)
        // Given for ever, everybody who does not hang up is served; at once, those who do not wait.
        #expect(abs(queue.serviceLevel(within: 1e3) - (1 - queue.abandoning)) < 1e-6)
        #expect(abs(queue.serviceLevel(within: 0) - (1 - queue.waiting)) < 1e-12)
    }

    @Test("Fewer wait with every agent more, and more wait with every erlang more", arguments: [1.0, 7.5, 30, 180, 940])
    func monotone(load: Double) throws {
        var before = (b: 1.1, c: 1.1, a: 1.1)
        for agents in Int(load) + 1...Int(load) + 40 {
            let impatient = try #require(ErlangA(agents: agents, arrivalRate: load, serviceRate: 1, impatienceRate: 0.7)).waiting
            let now = (b: ErlangB.blocking(agents: agents, load: load), c: ErlangC(agents: agents, load: load).waiting, a: impatient)
            #expect(now.b < before.b && now.c < before.c && now.a < before.a)
            #expect(now.b < now.c)
            #expect(now.a < now.c)
            #expect(ErlangC(agents: agents, load: load * 0.99).waiting < now.c)
            before = now
        }
    }

    @Test("The recursion is the sum it stands for", arguments: [(3, 1.7), (12, 9.0), (20, 25.0), (60, 44.0)] as [(Int, Double)])
    func directSum(agents: Int, load: Double) {
        var (term, sum) = (1.0, 1.0)
        for k in 1...agents {
            term *= load / Double(k)
            sum += term
        }
        #expect(abs(ErlangB.blocking(agents: agents, load: load) - term / sum) < 1e-14)
    }

    @Test(
        "Where impatience equals service, the system is a Poisson number: it waits as often as that number reaches n",
        arguments: [(10, 10.0), (45, 50.0), (120, 100.0)] as [(Int, Double)])
    func poisson(agents: Int, load: Double) throws {
        var (term, below) = (1.0, 0.0)
        var scale = -load
        for k in 0..<agents {
            if k > 0 { scale += naturalLog(load / Double(k)) }
            term = exponential(scale)
            below += term
        }
        let queue = try #require(ErlangA(agents: agents, arrivalRate: load, serviceRate: 1, impatienceRate: 1))
        #expect(abs(queue.waiting - (1 - below)) < 1e-11)
    }

    @Test("A million agents are worked out, and thousands as exactly as ten")
    func many() throws {
        let queue = ErlangC(agents: 1_000_800, load: 1_000_000)
        #expect(abs(queue.waiting - ManyAgents.waiting(beta: 0.8)) < 2e-3)
        #expect(ErlangB.blocking(agents: 10_000, load: 1) == 0)
        let impatient = try #require(ErlangA(agents: 20_000, arrivalRate: 20_000, serviceRate: 1, impatienceRate: 1))
        #expect(abs(impatient.waiting - ManyAgents.waiting(beta: 0, impatience: 1)) < 3e-3)
    }

    @Test(
        "The limit of many agents",
        arguments: [
            (0.1, 0.880287083), (0.25, 0.720932113), (0.5, 0.504538641), (0.75, 0.341748454), (1, 0.223361275), (1.5, 0.0846903945), (2, 0.0268813624),
        ] as [(Double, Double)])
    func halfinWhitt(beta: Double, expected: Double) {
        #expect(abs(ManyAgents.waiting(beta: beta) - expected) < 1e-9)
    }

    @Test(
        "The limit of many agents with impatience",
        arguments: [
            (-1, 0.5, 0.931226), (-1, 1, 0.841345), (-1, 2, 0.725187), (0, 0.5, 0.585786), (0, 1, 0.5), (0, 2, 0.414214), (0.5, 0.5, 0.357177),
            (1, 1, 0.158655), (2, 0.5, 0.0243992), (2, 2, 0.0205061),
        ] as [(Double, Double, Double)])
    func garnett(beta: Double, ratio: Double, expected: Double) {
        #expect(abs(ManyAgents.waiting(beta: beta, impatience: ratio) - expected) < 1e-6)
    }

    @Test("What decides is said: here the occupancy ceiling, not the service level")
    func decisive() {
        let load = 2_000 * 5 / 30.0
        let both = AgentsNeeded(load: load, target: LiveTarget(serviceLevel: (0.8, 20 / 300.0), occupancyMax: 0.85))
        let level = AgentsNeeded(load: load, target: LiveTarget(serviceLevel: (0.8, 20 / 300.0)))
        #expect(both.decidedBy == .occupancy)
        #expect(both.result.agents == 393)
        #expect(level.decidedBy == .serviceLevel && level.result.agents < 393)
        #expect((level.oneFewer?.serviceLevel ?? 1) < 0.8)
    }

    @Test("Nothing to do needs one agent and keeps nobody waiting; too few agents keep everybody")
    func edges() {
        #expect(ErlangC(agents: 3, load: 0).waiting == 0)
        #expect(ErlangC(agents: 3, load: 3).waiting == 1)
        #expect(ErlangC(agents: 3, load: 3).averageWait == .infinity)
        #expect(ErlangC(agents: 0, load: 1).serviceLevel(within: 1) == 0)
        #expect(ErlangB.blocking(agents: 0, load: 2) == 1)
        #expect(ErlangA(agents: 0, arrivalRate: 1, serviceRate: 1, impatienceRate: 1) == nil)
    }

    @Test("Kinds of shrinkage follow each other, and whoever is scheduled covers who is needed")
    func shrinkage() throws {
        let shrinkage = try #require(Shrinkage([("leave", 0.1), ("breaks", 0.2)]))
        #expect(abs(shrinkage.whole - 0.28) < 1e-12)
        for agents in 1...200 {
            let scheduled = shrinkage.scheduled(for: agents)
            #expect(Double(scheduled) * shrinkage.present >= Double(agents) - 1e-6)
            #expect(Double(scheduled - 1) * shrinkage.present < Double(agents))
        }
        #expect(Shrinkage([("all", 1)]) == nil)
        #expect(Shrinkage([("less than nothing", -0.1)]) == nil)
    }
}
