import Chronicle
import EventStorage
import Testing

@Suite("Waiting for the head")
struct HeadWatchTests {
    @Test("Thousands of waits with times, commits and cancellations between them all end")
    func everyWaitEnds() async {
        let watch = HeadWatch(LogHead(sequence: 0, root: Digest(hashing: [0]), recorded: .epoch))
        let ended = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<3_000 {
                group.addTask {
                    let wait = Task { await watch.wait(after: Int64(number % 50), timeout: Span(milliseconds: Int64(number % 3 == 0 ? number % 20 : 60_000))) }
                    if number % 7 == 0 { wait.cancel() }
                    let head = await wait.value
                    return head.sequence <= 50
                }
            }
            for sequence in 1...50 {
                watch.advance(to: LogHead(sequence: Int64(sequence), root: Digest(hashing: [1]), recorded: .epoch))
                await Task.yield()
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(ended == 3_000)
    }
}
